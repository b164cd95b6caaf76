"""The office's settings for its tests: a data folder that goes away, and passwords that are cheap to check."""

import atexit
import os
import shutil
import tempfile

os.environ["GONGKAI_DATA"] = tempfile.mkdtemp(prefix="gongkai-tests-")
atexit.register(shutil.rmtree, os.environ["GONGKAI_DATA"], ignore_errors=True)

from gongkai.office.project.settings import *  # noqa: E402, F403

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Signing in is tested where it is the subject; every other test comes in without a phone.
REQUIRE_SECOND_FACTOR = False

# Pages name static files as they are called in the source; nothing is collected.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
