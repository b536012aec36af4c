"""Backups: one directory each, whole or not there, in a form that either database and either object store can take in.

    porchlight-20260321T040000Z/
      manifest.json         version, migrations, what is inside
      rows.jsonl[.age]      every row of every table, as one moment saw them
      files.json[.age]      secret.key, log.key and what else lies in the data directory
      objects/ab/ab12…      the stored objects: ciphertext, as they are
      SHA256SUMS            of all the others; `sha256sum -c` reads it

Invariants: a directory of the final name is complete and on the disk; no row in it points to an object that the backup lacks
though the store has it.
"""
