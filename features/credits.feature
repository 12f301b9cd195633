Feature: Credits pay for runs
  A person sees the most a run can cost before it starts, and pays only for what succeeded.

  Rule: The bill never exceeds the estimate (R-603, R-604)

    Scenario: Everything succeeds
      Given a person with 100 credits
      And a video of 10 seconds
      When it is analysed for its picture, its sound and its title
      Then the run is ok
      And no line of the bill is above its line in the estimate
      And what was charged and what came back are what was held
      And the person has 100 credits less what was charged

    Scenario: A component processes more than was foreseen
      Given a person with 100 credits
      And a video of 10 seconds
      When it is analysed for its picture and a component that processes more than was foreseen
      Then no line of the bill is above its line in the estimate
      And the greedy component is charged its whole line, and no more

  Rule: Only what succeeded is paid for (R-604)

    Scenario: A failed component gives its share back
      Given a person with 100 credits
      And a video of 10 seconds
      When it is analysed for its picture and the component that fails
      Then the run is ok
      And nothing is charged for the failing component, because it is an error
      And nothing is charged for what depends on it, because it is blocked
      And the picture and the preparation are charged

    Scenario: A video without sound
      Given a person with 100 credits
      And a silent video of 10 seconds
      When it is analysed for its picture and its sound
      Then the sound, which is empty, costs its base price alone

    Scenario: A required component fails
      Given a person with 100 credits
      And a video of 10 seconds
      When it is analysed with the failing component required
      Then the run ends in the error required_component_failed
      And the run cost nothing
      And the person has 100 credits

    Scenario: A person cancels
      Given a person with 100 credits
      And a video of 10 seconds
      When the person cancels after the picture was measured
      Then the picture and the preparation are charged
      And nothing is charged for the sound, because it is skipped

    Scenario: A person gives up a run that was interrupted
      Given a person with 100 credits
      And a video of 10 seconds
      When the worker dies after the picture, and the person cancels the run
      Then the picture and the preparation are charged
      And nothing is charged for the sound, because it is skipped

    Scenario: The uploaded video is gone before the run begins
      Given a person with 100 credits
      And a video of 10 seconds
      When the run is started, and its video is lost before a worker takes it
      Then the run ends in the error upload_missing
      And the run cost nothing
      And the person has 100 credits

    Scenario: A worker dies and another finishes the run
      Given a person with 100 credits
      And a video of 10 seconds
      When the worker dies after the picture, and the run is resumed
      Then the run is ok
      And each component was charged once

    Scenario: A run is resumed after its hold has expired
      Given a person with 100 credits
      And a video of 10 seconds
      When the worker dies after the picture, and the run is resumed two days later
      Then the run is ok
      And what was held at first came back before the run was paid for

  Rule: A run that cannot be paid for does not begin (R-604, R-605)

    Scenario: Too little balance
      Given a person with 0.01 credits
      And a video of 10 seconds
      When it is analysed for its picture, its sound and its title
      Then it is refused as insufficient_credits
      And nothing of the video is kept
      And the person has 0.01 credits

    Scenario: Two devices spend the last credits
      Given a person with credits for one run
      And a video of 10 seconds
      When two devices start a run at the same time
      Then one run is started and the other is refused as insufficient_credits
      And the credits of one run are held

  Rule: The same request books once (R-605)

    Scenario: A double click starts one run
      Given a person with 100 credits
      And a video of 10 seconds
      When the same start is sent twice
      Then there is one run
      And the credits of one run are held

    Scenario Outline: A key is used again for something else
      Given a person with 100 credits
      And a video of 10 seconds
      When the same key is sent with <what>
      Then it is refused as idempotency_conflict
      And there is one run

      Examples:
        | what            |
        | another profile |
        | another title   |

  Rule: A price holds for as long as it was promised, and then no longer

    Scenario: The estimate expires
      Given a person with 100 credits
      And a video of 10 seconds
      And an estimate that was made 16 minutes ago
      When the run is started with that estimate
      Then it is refused as estimate_expired
      And nothing of the video is kept

    Scenario: The price list changes while a run is under way
      Given a person with 100 credits
      And a video of 10 seconds
      When the run is started and every price rises tenfold before it ends
      Then the run is charged by the prices of its estimate

    Scenario: An estimate is used for another video
      Given a person with 100 credits
      And an estimate for a video of 10 seconds
      When a run is started with that estimate and a video of 60 seconds
      Then it is refused as estimate_mismatch

  Rule: A plan lets so many runs start in an hour (R-607)

    Scenario: An hourly limit is reached
      Given a person on the free plan with 100 credits
      And a video of 10 seconds
      And 5 runs that were started within the last hour
      When another run is started
      Then it is refused as rate_limited, with the time of the next free slot
      And at that time the run can start
