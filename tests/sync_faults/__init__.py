"""The 26 faults the exchange must survive, with the real engine and the real hub.

====  ==============================================  ==========================================
No    Fault                                           Tests (``test_fault_NN_…``), with controls
====  ==============================================  ==========================================
1     reply of a committed push lost, request twice   test_pushing
2     killed at any statement of desk or hub          test_kills
3     inverted commits on PostgreSQL                  test_pushing
4     an unrelated transaction open for minutes       test_pushing
5     clocks: an hour on or back, a year on, 1970     test_merging
6     different cells of one record                   test_merging
7     the same cell                                   test_merging
8     a value seen, with a clock behind               test_merging
9     delete against an edit, seen or unseen, double  test_merging
10    texts: other paragraphs, same sentence, equal   test_merging
11    restored backup, copied disk                    test_devices
12    hub restored from an old backup                 test_hub_restored
13    empty store, captive portal, 401 to 503         test_hub_restored
14    revoked with unsent ops                         test_access
15    grant while paging, revoke and grant, hand-over test_access
16    one bad op in the middle                        test_pushing
17    versions mixed                                  test_versions
18    a long outbox, a body limit, a cut line         test_outbox
19    snapshot cut anywhere                           test_snapshots
20    checksum wrong in one scope                     test_snapshots
21    all devices at once, the hub restarted          test_crowd
22    two windows on one workspace, sleep             test_pushing
23    disk full, read-only, busy                      test_disks
24    attachment cut, missing, wrong hash, too big    test_contents
25    erase while a device is away                    test_erasing
26    stolen device                                   test_stolen
====  ==============================================  ==========================================

All of it together, by chance: test_schedules, which also catches each mutant of the protocol.
"""
