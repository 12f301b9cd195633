"""The private broker keeps what it confirmed, and leaves nothing behind."""

from pathlib import Path

import pika
import psutil
import pytest

from tests.outside import require
from tests.servers.rabbitmq import PrivateRabbit, private_rabbit


def publish(rabbit: PrivateRabbit, content: bytes) -> None:
    with pika.BlockingConnection(pika.URLParameters(rabbit.url)) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        channel.queue_declare("kept", durable=True, arguments={"x-queue-type": "quorum"})
        kept = pika.BasicProperties(delivery_mode=2)
        channel.basic_publish("", "kept", content, kept, mandatory=True)


def take(rabbit: PrivateRabbit) -> bytes | None:
    with pika.BlockingConnection(pika.URLParameters(rabbit.url)) as connection:
        content: bytes | None = connection.channel().basic_get("kept", auto_ack=True)[2]
        return content


@pytest.mark.slow
@pytest.mark.requires("rabbitmq")
def test_it_keeps_what_it_confirmed_over_a_restart_and_a_crash_and_then_is_gone() -> None:
    with private_rabbit(require("rabbitmq")) as rabbit:
        publish(rabbit, b"one")
        rabbit.restart()
        assert take(rabbit) == b"one"
        publish(rabbit, b"two")
        rabbit.kill()
        rabbit.start()
        assert take(rabbit) == b"two"
        folder = rabbit.folder
    assert not folder.exists()
    assert processes_of(folder) == []


def processes_of(folder: Path) -> list[str]:
    found = []
    for process in psutil.process_iter(["cmdline"]):
        line = " ".join(process.info["cmdline"] or [])
        if str(folder) in line:
            found.append(line)
    return found
