"""Deployments with schedules, a limit and notices, and the process that runs them in time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from prefect import Flow
from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.events import EventTrigger, Posture
from prefect.events.actions import SendNotification
from prefect.exceptions import ObjectNotFound
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.interrupted import TAG, UNDONE, end_cut_short
from flows.limits import RECOGNISING
from flows.nightly import look_again, matters_arising_pages, night
from flows.notices import checked
from flows.schedules import Batches

FLOWS: tuple[tuple[str, Flow[..., None]], ...] = (
    ("night", night),
    ("look_again", look_again),
    ("arising", matters_arising_pages),
)


async def register(
    home: Path,
    config: Path,
    batches: Batches,
    notify: str = "",
    *,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Makes or renews the deployments, the limit and the notices.

    A server on SQLite learns of automations only when it starts (Prefect 3.8), so that ours is
    started anew after this and before ``serve``.
    """
    await deployed(home, config, batches, say)
    await set_limit(batches.recognising)
    if notify:
        await notify_of_failures(notify)
        say("what is left undone is told to MATTERS_NOTIFY")


async def serve(
    home: Path,
    config: Path,
    batches: Batches,
    *,
    api: str = "",
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Runs the deployments when it is time, until it is ended; under ``only_one``.

    It says that it runs only when they are renewed: runs that Prefect laid out before, for times
    to come, are laid out anew then, under other ids.
    """
    for name in await end_cut_short(home):
        say(f"{name} was cut short before; it is ended")
    runner = await deployed(home, config, batches, lambda _: None)
    say(f"running; Prefect answers at {api}" if api else "running")
    await runner.start()


class Batch(Runner):
    """Ends at once when it is asked to: Prefect's own only forgets to wait for its end."""

    def handle_sigterm(self, *_: object) -> None:
        raise KeyboardInterrupt


async def deployed(
    home: Path, config: Path, batches: Batches, say: Callable[[str], None]
) -> Runner:
    """The runner with its deployments, one at a time: two would do the same work at once."""
    runner = Batch(name=TAG, limit=1, pause_on_shutdown=False)  # what it missed, it does when back
    for name, each in FLOWS:
        cron = str(getattr(batches, name))
        deployment = await each.ato_deployment(
            name=name.replace("_", "-"),
            schedule=Cron(cron, timezone=batches.timezone) if cron else None,
            parameters={"home": str(home.absolute()), "config": str(config.absolute())},
            tags=[TAG],
            concurrency_limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        await runner.aadd_deployment(deployment)
        say(f"{deployment.name}: {f'{cron} ({batches.timezone})' if cron else 'when it is asked'}")
    return runner


async def set_limit(recognising: int) -> None:
    """How many pieces may be recognised at once, over all runs that one server knows of."""
    async with get_client() as client:
        if recognising:
            await client.upsert_global_concurrency_limit_by_name(RECOGNISING, recognising)
            return
        with contextlib.suppress(ObjectNotFound):
            await client.delete_global_concurrency_limit_by_name(RECOGNISING)


async def notify_of_failures(address: str) -> None:
    """An automation that tells of what a batch left undone, also of one that was killed.

    Renewed, never doubled. Batches, and who runs them, tell it by an event of our own: those of
    Prefect wait for the one before, which scheduled runs have not, a quarter of an hour.
    """
    block_id = await checked(address).asave(TAG, overwrite=True)
    await _automate(
        "what was left undone",
        EventTrigger(expect={UNDONE}, posture=Posture.Reactive, threshold=1),
        SendNotification(
            block_document_id=block_id,
            subject="Matters Arising: {{ event.resource.name }} left something undone",
            body="{{ event.payload.message }}",
        ),
    )
    await _without("a batch that was killed")  # of an earlier version, which waited for Prefect's


async def _automate(name: str, trigger: EventTrigger, action: SendNotification) -> None:
    automation = Automation(name=f"{TAG}: {name}", trigger=trigger, actions=[action])
    await _without(name)
    await automation.acreate()


async def _without(name: str) -> None:
    with contextlib.suppress(ValueError):
        await (await Automation.aread(name=f"{TAG}: {name}")).adelete()
