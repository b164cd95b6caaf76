#!/usr/bin/env python
"""Django's own commands for the office, for those who look after an installation."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    execute_from_command_line(sys.argv)
