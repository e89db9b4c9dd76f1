"""What the service can do: functions named as verbs, the session first. None of them commits, none reads the clock.

    running    how an instance moves: started, told, carried on
    workers    external tasks: fetched, held, done and given up by programs outside
    tasks      one task: who has it, what is said of it, and what becomes of it
    lists      the lists that people work on, and the same done to many tasks
    cases      one case as its page shows it, and how it is found
    forms      what people fill in, and how it is checked
    documents  files: how they come in, what they belong to, who reads them
    figures    what became of cases and steps, counted as it happens: statistics; what will be late: forecasts
    terms      working time, the terms of cases, and why they end when they do
    notifying  what is told outside: letters to people, events to the systems of organisations
    mending    what administrators do to one instance or to many, for a reason, with what it changed
    people     who works here, who is away, and what people are told
    inspecting instances as administrators see them: found and counted, one of them whole, a case as an archive
    models     what is deployed, and what it is called
    inspecting what admins look at: instances found, counted where they stand, and one of them in all its parts
    system     the installation itself: workers, queue, database, what is beside it, and what of it needs somebody today
    trial      models before they are deployed: what is wrong with them, and how they run on a clock of their own

`running.progress.advance` is the only code that moves an instance and writes the result; `running.migrating` takes one to another
version of its process, where it stands.
"""
