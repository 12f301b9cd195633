Feature: A component that fails is told apart from a run that fails
  A failure has one root cause, is counted once, and stops only what depends on it.

  Rule: A run outlives the failure of an optional component

    Scenario: An optional component fails
      Given a video of 10 seconds
      And a component that always fails
      When it is analysed for its picture and the component that fails
      Then the run is ok
      And the failing component is an error
      And what depends on it is blocked, with the failing component as its root cause
      And the run warns of the failing component

  Rule: A required component's failure ends the run

    Scenario: A required component fails
      Given a video of 10 seconds
      And a component that always fails
      When it is analysed with the failing component required
      Then the run ends in the error required_component_failed
      And the components that had not begun are skipped

  Rule: A result that cannot be right is an error with a name

    Scenario: A component gives a number out of its range
      Given a video of 10 seconds
      And a component that measures nonsense
      When it is analysed for its picture and the component that measures nonsense
      Then the run is ok
      And the nonsense is an error named out_of_range
