"""``python -m arcbatt``."""

from arcbatt.cli.main import main

if __name__ == "__main__":
    main()
