"""What every adapter of the port `Sessions` keeps to."""

from datetime import timedelta
from uuid import uuid4

from domain.session import SESSION_LIFETIME, Session, SessionId
from domain.user import User
from tests.contracts.users import NOW, Units, a_user


def a_session(user: User, token_sha256: str = "ab" * 32) -> Session:
    return Session.opened(SessionId(uuid4()), user_id=user.id, token_sha256=token_sha256, now=NOW)


class SessionsContract:
    """A subclass gives the fixture `units`."""

    def test_a_session_is_found_by_the_digest_of_its_token(self, units: Units) -> None:
        anna = a_user()
        first, second = a_session(anna), a_session(anna, "cd" * 32)
        with units() as work:
            work.users.add(anna)
            work.sessions.add(first)
            work.sessions.add(second)
            work.commit()
        with units() as work:
            assert work.sessions.with_token("ab" * 32) == first
            assert work.sessions.with_token("cd" * 32) == second
            assert work.sessions.with_token("ef" * 32) is None

    def test_a_use_is_kept(self, units: Units) -> None:
        anna = a_user()
        session = a_session(anna)
        used = session.used(NOW + timedelta(days=3))
        with units() as work:
            work.users.add(anna)
            work.sessions.add(session)
            work.commit()
        with units() as work:
            work.sessions.save(used)
            work.commit()
        with units() as work:
            assert work.sessions.with_token(session.token_sha256) == used != session

    def test_a_removed_session_is_gone_and_stays_so(self, units: Units) -> None:
        """A use that was on its way while its session ended brings nothing back."""
        anna = a_user()
        session = a_session(anna)
        with units() as work:
            work.users.add(anna)
            work.sessions.add(session)
            work.commit()
        for _ in range(2):
            with units() as work:
                work.sessions.remove(session.id)
                work.sessions.save(session.used(NOW + timedelta(days=1)))
                work.commit()
        with units() as work:
            assert work.sessions.with_token(session.token_sha256) is None

    def test_all_sessions_of_a_user_end_at_once_and_nobody_elses(self, units: Units) -> None:
        anna, boris = a_user("anna"), a_user("boris")
        hers = [a_session(anna, digest * 32) for digest in ("aa", "bb")]
        his = a_session(boris, "cc" * 32)
        with units() as work:
            for user in (anna, boris):
                work.users.add(user)
            for session in (*hers, his):
                work.sessions.add(session)
            work.sessions.remove_of(anna.id)
            work.commit()
        with units() as work:
            found = [work.sessions.with_token(one.token_sha256) for one in (*hers, his)]
            assert found == [None, None, his]

    def test_sessions_expire_when_they_have_ended_and_not_before(self, units: Units) -> None:
        anna = a_user()
        old, used = a_session(anna), a_session(anna, "cd" * 32).used(NOW + timedelta(hours=1))
        with units() as work:
            work.users.add(anna)
            work.sessions.add(old)
            work.sessions.add(used)
            assert work.sessions.expire(NOW + SESSION_LIFETIME - timedelta(seconds=1)) == 0
            assert work.sessions.expire(NOW + SESSION_LIFETIME) == 1
            work.commit()
        with units() as work:
            assert work.sessions.with_token(old.token_sha256) is None
            assert work.sessions.with_token(used.token_sha256) == used
