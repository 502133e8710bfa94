"""``python -m llmpaper_md``."""

import sys

from .cli import main

sys.exit(main())
