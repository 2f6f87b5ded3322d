"""Django with a TIME_ZONE and a role to assume; cursors for long lists."""
import os
import django
from django.conf import settings

settings.configure(
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes"],
    DATABASES={"default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["PGDATABASE"],
        "TIME_ZONE": "Europe/Paris",
        "OPTIONS": {"assume_role": "django_role"},
    }},
)
django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction

call_command("migrate", verbosity=0)
print([t.model for t in ContentType.objects.all().iterator()])
with transaction.atomic():
    print([t.model for t in ContentType.objects.all().iterator()])
connection.close()
