"""planqa: every command. Those that ask and serve are the assistant's; build, which may hold back
an index that answers worse, and eval come from here.

Exit status 0 also for "not found", 2 for wrong use, 1 for a fault, with one clear line.
"""

from __future__ import annotations

from assistant.cli import app, main
from eval import commands, promotion

__all__ = ["app", "main"]

app.command()(promotion.build)
app.add_typer(commands.app, name="eval")

if __name__ == "__main__":
    main()
