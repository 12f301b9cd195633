"""Runs in RabbitMQ, as messages of Dramatiq."""
