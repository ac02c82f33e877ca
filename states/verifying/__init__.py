"""Verifying everything (kiểm toán toàn bộ): what stands in the database against its digests, chains, sums and the log.

Digests are recomputed here from the rows as they come over the wire, never by the database's own functions, which
whoever has all rights could replace. Rows come in chunks; each check is a plain function over a connection and a chunk,
so that two processes share the work.
"""
