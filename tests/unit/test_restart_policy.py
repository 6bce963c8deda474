from __future__ import annotations

from kiosk.ui.restart_policy import RestartPolicy

HOUR = 3600.0


def test_the_wait_doubles_up_to_the_longest() -> None:
    policy = RestartPolicy(crashes_allowed=1000)
    waits = []
    for crash in range(10):
        policy = policy.crashed(at=float(crash), ran_s=0.5)
        waits.append(policy.delay_s)
    assert waits == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30.0, 30.0]


def test_the_third_crash_in_ten_minutes_degrades() -> None:
    policy = RestartPolicy().crashed(0, 1).crashed(300, 1)
    assert not policy.degraded
    policy = policy.crashed(599, 1)
    assert policy.degraded
    assert policy.delay_s == 60.0


def test_crashes_far_apart_do_not_degrade() -> None:
    policy = RestartPolicy().crashed(0, 1).crashed(400, 1).crashed(700, 1)
    assert not policy.degraded


def test_a_worker_that_asks_to_be_started_again_has_not_crashed_unless_it_asks_at_once() -> None:
    policy = RestartPolicy()
    for minute in range(10):
        policy = policy.asked(60.0 * minute, ran_s=10)
    assert (policy.crashes, policy.delay_s) == ((), 0.2)
    for second in range(3):
        policy = policy.asked(600.0 + second, ran_s=0.5)
    assert policy.degraded


def test_a_long_run_starts_afresh() -> None:
    policy = RestartPolicy().crashed(0, 1).crashed(1, 1).crashed(2, 1).crashed(HOUR, ran_s=HOUR - 3)
    assert not policy.degraded
    assert policy.delay_s == 0.2
