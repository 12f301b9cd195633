"""A client is made after the fork: a process that was forked really, beside its parent."""

import json
import subprocess
import sys

import pytest

from tests.outside import ROOT
from tests.servers.made_triton import made_triton

GUARD = 'getattr(self._own, "pid", None) != owner'
SHARED = 'not hasattr(self._own, "pid")'
_PARENT_AND_CHILD = """
import json, os, signal, sys
import numpy as np
from adapters.memory.pauses import NoPauses
from adapters.triton.inference import TritonInference
from application.retrying import Retrying
from tests.planted import without
address, guard, instead = sys.argv[1:]
clients = without("adapters.triton.client", guard, instead).TritonClients(address)
inference = TritonInference(clients, {"doubling": "1"}, Retrying(NoPauses()), timeout_s=5)

def ask(times):
    for number in range(times):
        value = float(os.getpid() % 1000 + number)
        answer = inference.infer("doubling", {"x": np.full((2, 3), value, np.float32)})
        assert (answer["y"] == 2 * value).all()

ask(1)
parents = clients.client()
reading, writing = os.pipe()
child = os.fork()
if child == 0:
    signal.alarm(30)
    ask(50)
    os.write(writing, json.dumps(clients.client() is parents).encode())
    os._exit(0)
ask(50)
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
is_shared = code == 0 and json.loads(os.read(reading, 99))
print(json.dumps([code, is_shared, clients.client() is parents]))
"""


@pytest.mark.parametrize(("instead", "is_shared"), [(GUARD, False), (SHARED, True)])
def test_a_child_makes_a_client_of_its_own_and_both_are_answered_right(
    instead: str, is_shared: bool
) -> None:
    """Without the guard a child has its parent's, which only some releases of gRPC bear.

    With gRPC's own care for forks switched off one that was shared gave a parent a wrong answer.
    """
    with made_triton() as server:
        done = subprocess.run(
            [sys.executable, "-c", _PARENT_AND_CHILD, server.address, GUARD, instead],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [0, is_shared, True]
    assert len(server.items) == 101
    assert len(set(server.connections)) == 2
