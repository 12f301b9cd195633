"""The GraphQL API: what a front end asks, in the words of the product."""
