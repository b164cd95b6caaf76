"""The stock site's way in for the server."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
