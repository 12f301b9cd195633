Feature: The time and the price of a run are told before it starts
  An estimate is itemised, and nothing is kept of the video that was asked about.

  Rule: Every component has a line, and decoding has one of its own

    Scenario: An estimate of three components
      Given a video of 10 seconds
      When an estimate is asked for its picture, its sound and its title
      Then the estimate has a line for each component and one for preparation
      And the total is the sum of the lines
      And what the run usually costs stands beside the most it can cost
      And no run exists

  Rule: A longer video takes longer and costs more

    Scenario: Twice the length
      Given a video of 10 seconds
      When an estimate is asked for its picture, its sound and its title
      And an estimate is asked for a video twice as long
      Then the second estimate is longer and dearer

  Rule: A tick in the profile is priced at once

    Scenario: One component less
      Given a video of 10 seconds
      And an estimate of its picture, its sound and its title
      When its picture is ticked off, and nothing can be asked of anybody
      Then the second estimate is the first without the picture

  Rule: A price holds for a quarter of an hour

    Scenario: Somebody thinks it over
      Given a video of 10 seconds
      And an estimate of its picture, its sound and its title
      When 14 minutes pass
      Then the estimate still holds

    Scenario: The estimate expires
      Given a video of 10 seconds
      And an estimate of its picture, its sound and its title
      When 15 minutes pass
      Then the estimate has expired

  Rule: What was promised is charged, whatever the price list says since

    Scenario: A price rises after the estimate
      Given a video of 10 seconds
      And an estimate of its picture, its sound and its title
      When the price of a picture rises tenfold
      And an estimate is asked for its picture, its sound and its title
      Then the first estimate is charged as it said, and the second at the new price
