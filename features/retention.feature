Feature: What a run leaves behind has its time
  Results stay; frames are kept for seven days, leftovers of ended runs for an hour.

  Rule: Each thing is removed when it is older than its time

    Scenario Outline: Frames after some days
      Given a run that is ok
      And <days> days pass
      When the sweep comes
      Then its stored frames are <state>

      Examples:
        | days | state |
        | 6    | kept  |
        | 8    | gone  |

    Scenario: Leftovers of an ended run
      Given a run that is ok, with leftovers on the worker's disk
      And 2 hours pass
      When the sweep comes
      Then nothing of the video is left on the worker's disk

    Scenario: A run that ended and has no report yet
      Given a run that ended while no report could be written
      And 2 hours pass
      When the sweep comes
      Then it has its report
      And its stored frames are kept
      And nothing of the video is left on the worker's disk

    Scenario: A report that is missing does not wait for the hour to be over
      Given a run that ended while no report could be written
      When the sweep comes
      Then it has its report
      And nothing of the video is left on the worker's disk

    Scenario: A run that ended, is without a report, and is at another worker's
      Given a run that ended while no report could be written
      And 2 hours pass
      And another worker is at that run
      When the sweep comes
      Then it has no report
      And its workspace is still there

    Scenario: A run that ended and can have no report any more
      Given a run that ended while no report could be written
      And its result has been damaged since
      And 2 hours pass
      When the sweep comes
      Then it has no report
      And nothing of the video is left on the worker's disk

    Scenario: A run that is still to be resumed keeps what it has
      Given a run whose worker died after measuring the picture
      And 2 hours pass
      When the sweep comes
      Then the run can still be resumed
