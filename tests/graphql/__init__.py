"""The API as a front end meets it."""
