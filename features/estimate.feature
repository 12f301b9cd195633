Feature: The time of a run is told before it starts
  An estimate is itemised, and nothing is kept of the video that was asked about.

  Rule: Every component has a line, and decoding has one of its own

    Scenario: An estimate of three components
      Given a video of 10 seconds
      When an estimate is asked for its picture, its sound and its title
      Then the estimate has a line for each component and one for preparation
      And the total is the sum of the lines
      And no run exists

  Rule: A longer video takes longer

    Scenario: Twice the length
      Given a video of 10 seconds
      When an estimate is asked for its picture, its sound and its title
      And an estimate is asked for a video twice as long
      Then the second estimate is longer
