"""``python -m lianfang``: the same command line as ``lianfang``."""

from lianfang.site.cli import main

if __name__ == "__main__":
    main()
