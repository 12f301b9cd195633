Feature: A run starts once, and only when it can be paid for
  Whoever starts a run knows its price, has the credits, and never pays for a second click.

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
