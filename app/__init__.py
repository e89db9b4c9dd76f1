"""Reglament: runs the procedures of state services, drawn as BPMN models, and keeps their legal deadlines.

    cli         the commands: run, worker, migrate, deploy, users
    demo        the demonstration: an office full of cases, and a tour through the services over the API
    local       everything on one machine: embedded PostgreSQL, migrations, the supervisor of the processes
    server      the web worker of gunicorn: slow clients, open pages and idle workers wait without a thread
    wsgi        create_app(settings): the only wiring of Flask
    api         JSON over HTTP, a blueprint per noun
    web         the pages of the staff, a blueprint per noun
    jobs        what runs later: each job opens a transaction and calls one action
    http        what JSON and pages share: who asks, one request in one transaction, answers that wait or stay open
    actions     the use cases: functions named as verbs, session first, never a commit
    conformity  whether a model does what its act says
    engine      runs a process, one step at a time; the only place with SpiffWorkflow
    definitions reads, checks and describes models; the only place with lxml
    expressions ${...} and FEEL
    forms       form JSON compiled to a schema
    store       tables and transactions
    queue       the job queue
    delegates   functions that reach outside, each call in a process of its own
    papers      PDF documents, set by typst
    scanner     the virus scanner (clamd)
    mail        letters over SMTP
    webhook     events over HTTP
    domain      calendar, deadlines, regulations: values and pure functions, time is an argument
    log         lines of what happens, each with the request, person and case that it is about
    masking     secrets taken out of what is kept or logged
    errors      what can go wrong
    config      settings from the environment

Imports go down only.
"""
