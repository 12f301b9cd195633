Feature: An interrupted run is finished, not begun again
  What was measured before an interruption is kept; one worker owns a run at a time.

  Rule: A finished component is never measured again

    Scenario: The worker dies between two components
      Given a run whose worker died after measuring the picture
      When the run is resumed
      Then the run is ok
      And the picture was measured once
      And the video was decoded once

    Scenario: A result was damaged while nobody looked
      Given a run whose worker died after measuring the picture
      And the picture's result has been damaged since
      When the run is resumed
      Then the run is ok
      And the picture was measured twice

    Scenario: A run that has ended is not carried out again
      Given a run that is ok
      When the run is resumed
      Then the run is ok
      And the picture was measured once

    Scenario: The worker dies right after a required component failed
      Given a run whose worker died after a required component failed
      When the run is resumed
      Then the run ends in the error required_component_failed
      And the components that had not begun are skipped

  Rule: One worker owns a run at a time

    Scenario: Another worker is at the run
      Given a run that another worker is carrying out
      When the run is resumed
      Then it is refused as run_is_owned

    Scenario: The other worker's lease has run out
      Given a run that another worker is carrying out
      And 31 seconds pass without a sign of that worker
      When the run is resumed
      Then the run is ok

  Rule: The user's word ends a run in order

    Scenario: The user cancels a run
      Given a run that is cancelled after measuring the picture
      Then the run is cancelled
      And the picture's result can still be read
      And the components that had not begun are skipped
      And who follows the run was told of each
