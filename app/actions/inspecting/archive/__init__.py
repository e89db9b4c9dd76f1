"""A whole case as one ZIP: to be read, to be computed with, and to be checked without this service.

rights    who may take a case out
entries   the files of an archive, and the archive as a stream
deployed  the models, forms and decisions by which the case ran, and the edition of the act
records   everything that is known of the case, read at once
as_json   case.json, described by case.schema.json
as_paper  case.pdf
build     all of it together, with the manifest
"""
