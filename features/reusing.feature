Feature: A result that is there is not measured again
  Who asks the same again gets it at once and pays nothing, as long as it is fresh.

  Rule: A fresh result of the same is given at once (R-509)

    Scenario: The same video under the same profile
      Given a person with 100 credits
      And a video whose title was analysed
      When its title is to be analysed again
      Then the earlier run is given
      And nothing more is charged

    Scenario: The estimate shows it
      Given a person with 100 credits
      And a video whose title was analysed
      Then the estimate of its title shows the earlier run

    Scenario: The file is gone, and its result is not
      Given a person with 100 credits
      And an uploaded video whose title was analysed
      When its title is to be analysed again
      Then the earlier run is given

    Scenario: A start that was sent before is answered as it was then
      Given a person with 100 credits
      And a video whose title was analysed
      When its title is to be analysed anew, and the same is sent again
      Then both were answered with the new run

  Rule: What differs is measured

    Scenario Outline: Something else is asked
      Given a person with 100 credits
      And a video whose title was analysed
      When <what>
      Then another run is started

      Examples:
        | what                                           |
        | its title and its picture are to be analysed   |
        | it has got another title and is to be analysed |
        | its title is to be analysed again, computed anew |

    Scenario: The result is older than the person likes
      Given a person with 100 credits
      And a video whose title was analysed
      When 4 days pass and its title is to be analysed again
      Then another run is started

    Scenario: The person wants no result twice
      Given a person with 100 credits
      And a video whose title was analysed
      When the person reuses nothing and its title is to be analysed again
      Then another run is started

    Scenario: Another person asks for the same
      Given a person with 100 credits
      And a video whose title was analysed
      When another person asks for the same
      Then another run is started
