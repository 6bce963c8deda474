"""`python -m kiosk` and the console script `kiosk`."""

from __future__ import annotations


def main() -> None:
    from kiosk.cli import app

    app()


if __name__ == "__main__":
    main()
