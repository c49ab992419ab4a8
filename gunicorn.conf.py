"""What gunicorn reads from the folder that it is started in: its own lines are logged as the portal's are.

Its access log is left out: `portal.request` has a line for each request, with the route and the number.
"""

import os

from partnership_portal import logs

logconfig_dict = logs.config(os.environ.get("LOG_LEVEL", "INFO"))
