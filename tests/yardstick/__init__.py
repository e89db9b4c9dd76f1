"""How much of BPMN runs, by others' measure: `BETSY=<folder of a clone of github.com/uniba-dsg/betsy> python -m tests.yardstick`.

Betsy's models and test cases stay where they are (LGPL 3); they are read, and translated to what runs here.
"""
