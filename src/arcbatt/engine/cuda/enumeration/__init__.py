"""The device's part in enumerations: it evaluates the combinations that searches ask for, many at once, and says which
give something new.

From the bottom up: ``wanted`` (what is asked and answered), ``rules`` (what a device can evaluate of a grammar),
``steps`` (how work is laid out for the kernels of ``kernels/search.cuh``), ``memory`` (what a search has on a device),
``draft`` (a request in the making), ``answering`` (requests of several searches in one go), ``queue`` (threads that
share devices).

A device decides nothing: what it says of a combination is what the native search would find, or that it cannot tell.
"""
