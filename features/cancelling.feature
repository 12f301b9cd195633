Feature: A run is cancelled, or tried again, by whoever started it
  A person who no longer wants a run says so from any device, and pays only for what had finished.

  Rule: A cancelled run ends soon, and nothing more of it is charged (R-510)

    Scenario: The run still waits for its turn
      Given a person with 100 credits
      And a run that waits for its turn
      When its owner cancels it
      Then the run is cancelled
      And every component is skipped
      And the person has 100.00 credits
      And no run waits for a worker

    Scenario: The run is at work
      Given a person with 100 credits
      And a run that its owner cancels from another device after the picture was measured
      Then the run is cancelled
      And the components that had not begun are skipped
      And the picture is charged and nothing else but the preparation

    Scenario: The worker of the run has died
      Given a run whose worker died after measuring the picture
      When its owner cancels it
      Then the run is cancelled
      And the components that had not begun are skipped

    Scenario: Whoever wrote the wish could not end the run
      Given a run that waits for its turn
      And its owner's wish to cancel was written and nothing more was done
      When a worker takes the run up
      Then the run is cancelled
      And every component is skipped

  Rule: Asking twice is harmless, and what has ended stays as it is

    Scenario: A double click on cancel
      Given a run that waits for its turn
      When its owner cancels it
      And its owner cancels it
      Then the run is cancelled

    Scenario: The run has ended well
      Given a run that is ok
      When its owner cancels it
      Then it is refused as invalid_transition
      And the run is ok

  Rule: Nobody reaches another person's run

    Scenario Outline: Another person tries
      Given a run that waits for its turn
      When another person <acts> it
      Then it is refused as run_not_found
      And the run is queued

      Examples:
        | acts    |
        | cancels |
        | retries |

  Rule: A run that did not come to its end is tried again

    Scenario: A run that was cancelled while it waited
      Given a run that waits for its turn
      When its owner cancels it
      And its owner retries it
      And a worker takes the run up
      Then the run is ok
      And it is a new run of the same video and profile

    Scenario: A run of a link ended in an error
      Given a run of a link that ended in an error
      When its owner retries it
      Then it is a new run of the same video and profile

    Scenario: A double click on retry
      Given a run that waits for its turn
      When its owner cancels it
      And its owner retries it twice
      Then there are two runs

    Scenario: The uploaded video is gone
      Given a run that waits for its turn
      When its owner cancels it
      And the uploaded video is removed
      And its owner retries it
      Then it is refused as upload_missing

    Scenario: The run has ended well and is retried
      Given a run that is ok
      When its owner retries it
      Then it is refused as invalid_transition

    Scenario: The run still waits and is retried
      Given a run that waits for its turn
      When its owner retries it
      Then it is refused as invalid_transition
