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
