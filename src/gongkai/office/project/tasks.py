"""Tasks that a request left for later (django-tasks), worked off one after the other."""

from __future__ import annotations

import os

from django_tasks_db.management.commands.db_worker import Worker


def work_off() -> None:
    """Run every task that is ready. Several processes may do so at once: a task is claimed under a lock."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"background-{os.getpid()}",
        excluded_queue_names=[],
    ).run()
