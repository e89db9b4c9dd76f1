"""The JSON interface: a blueprint a noun, thin views over the actions.

Every view runs inside `transaction.guarded`: authenticated, one database transaction, committed at the end; the routes
that need nobody signed in are listed in `transaction.PUBLIC`. `/engine-rest` speaks the Camunda 7 REST dialect.
"""
