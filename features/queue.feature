Feature: Runs wait their turn, and none is lost
  Whatever becomes of a worker, a run that was paid for is carried out once or ends with its credits returned.

  Rule: First in, first out

    Scenario: Three people start a run each
      Given 3 runs that wait for their turn
      When a worker works until nothing waits
      Then the runs have ended in the order in which they were started

    Scenario: Another worker has the first one
      Given 2 runs that wait for their turn
      And another worker is at the first run
      When a worker works until nothing waits
      Then only the second run is ok

  Rule: What may be well in a minute is tried again, and not for ever (R-507)

    Scenario: The trouble passes
      Given a person with 100 credits
      And a run that waits for its turn
      And the database is away once while the run is measured
      When a worker works until nothing waits
      Then the run waits for 15 seconds more
      When a worker works until nothing waits
      Then the run is ok
      And the picture was measured once

    Scenario: The trouble stays
      Given a person with 100 credits
      And a run that waits for its turn
      And the disk is full whenever the run is taken up
      When a worker works until nothing waits
      Then the run waits for 15 seconds more
      When a worker works until nothing waits
      Then the run waits for 60 seconds more
      When a worker works until nothing waits
      Then the run ends in the error resource_exhausted
      And nothing is held any more

    Scenario: A mistake of ours is tried again too, and told
      Given a person with 100 credits
      And a run that waits for its turn
      And a mistake of ours shows while the run is measured
      When a worker works and fails
      Then the run waits for 15 seconds more
      When a worker works until nothing waits
      Then the run is ok

  Rule: A run that ends its workers is given up (hardening 48)

    Scenario: Three workers die of one run
      Given a person with 100 credits
      And a run that waits for its turn
      When three workers die of it
      And a worker works until nothing waits
      Then the run ends in the error gave_up
      And nothing is held any more

    Scenario: A worker dies, and another goes on
      Given a run that waits for its turn
      When a worker dies after the picture was measured
      And a worker works until nothing waits
      Then the run is ok
      And the picture was measured once

  Rule: A worker that is asked to end gives its run back in order (hardening 50)

    Scenario: Workers are replaced four times while a run is at work
      Given a run that waits for its turn
      When 4 workers are asked to end after they have taken it up
      And a worker works until nothing waits
      Then the run is ok
      And the video was decoded once

  Rule: What nobody can pay for any more is not carried out

    Scenario: The credits are gone when the run is taken up again
      Given a person with credits for one run
      And a run that waits for its turn
      When a worker dies after the picture was measured
      And two days pass and the credits are spent elsewhere
      And a worker works until nothing waits
      Then the run ends in the error insufficient_credits
      And nothing is charged
