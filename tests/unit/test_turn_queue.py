"""Turns that only compute are answered first come, first served, and nobody can keep the others waiting."""

from __future__ import annotations

import asyncio

from deployment.limits import TurnQueue

NEVER_S = 3600.0


async def test_turns_run_one_after_the_other_in_the_order_they_came() -> None:
    queue, seen = TurnQueue(NEVER_S), list[str]()

    async def turn(name: str) -> None:
        async with queue.place():
            seen.append(f"{name} begins")
            await asyncio.sleep(0)
            seen.append(f"{name} ends")

    await asyncio.gather(*(turn(name) for name in "abc"))
    assert seen == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]


async def test_a_turn_that_breaks_or_is_given_up_leaves_its_place() -> None:
    queue = TurnQueue(NEVER_S)
    for error in (ValueError, asyncio.CancelledError):
        try:
            async with queue.place():
                raise error
        except error:
            pass
    async with queue.place():
        pass


async def test_who_waits_too_long_in_the_place_lets_the_next_one_in_and_takes_it_from_nobody() -> None:
    queue, gone = TurnQueue(0.0), asyncio.Event()

    async def slow() -> None:
        async with queue.place():
            await gone.wait()

    waiting = asyncio.create_task(slow())
    await asyncio.sleep(0)
    async with queue.place():
        third = asyncio.create_task(slow())
        gone.set()
        await waiting
    await third
