#!/usr/bin/env python3
"""Readers that ask without pause until a file appears: half of them keep their connection as long as they may, half make one for
each request. Prints how many answers there were; ends with 1 if one was refused, broken or not what it should be.

Called as `load.py URL WORDS STOP_FILE`."""

import http.client
import os
import sys
import threading
import urllib.parse

READERS = 8

url, words, stop = urllib.parse.urlsplit(sys.argv[1]), sys.argv[2].encode(), sys.argv[3]
answers, faults, lock = 0, [], threading.Lock()


def read(keeps):
    global answers
    connection = http.client.HTTPConnection(url.hostname, url.port or 80, timeout=30)
    while not os.path.exists(stop):
        try:
            connection.request("GET", url.path, headers={} if keeps else {"Connection": "close"})
            answer = connection.getresponse()
            body = answer.read()
            fault = None if answer.status == 200 and words in body else f"{answer.status}, {len(body)} bytes"
        except (OSError, http.client.HTTPException) as error:
            fault = repr(error)
            connection.close()
        with lock:
            answers += 1
            if fault:
                faults.append(fault)


readers = [threading.Thread(target=read, args=(number % 2 == 0,)) for number in range(READERS)]
for reader in readers:
    reader.start()
for reader in readers:
    reader.join()
print(f"{answers} answers, {len(faults)} faults", *sorted(set(faults))[:5], sep="; ")
sys.exit(bool(faults) or answers == 0)
