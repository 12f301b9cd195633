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

  Rule: Of what differs in part, only that part is measured (R-509)

    Scenario: One thing more is asked of the same video
      Given a person with 100 credits
      And a video whose title was analysed
      When its title and its picture are analysed
      Then the title is taken over from the earlier run
      And the picture is measured
      And the title costs nothing

    Scenario: One thing less is asked, and nothing has to be decoded
      Given a person with 100 credits
      And an uploaded video whose picture and sound were analysed
      When its picture is analysed
      Then the picture is taken over from the earlier run
      And nothing was decoded for it
      And nothing more is charged

    Scenario: What follows from something is taken over with it
      Given a person with 100 credits
      And a video whose computed sound was analysed
      When its computed sound and its picture are analysed
      Then the sound and the computed sound are taken over

    Scenario: Other words are said of the video
      Given a person with 100 credits
      And a video whose title and picture were analysed
      When it has got another title and both are analysed
      Then the picture is taken over from the earlier run
      And the title is measured

    Scenario: The estimate says what is there already
      Given a person with 100 credits
      And a video whose title was analysed
      When its title and its picture are estimated
      Then the estimate has the title as there already, for nothing and in no time
      And the estimate has the picture at its full price

    Scenario: A result that is there may have a price
      Given a person with 100 credits
      And a result that is there costs 0.05 of its title
      And a video whose title was analysed
      When its title and its picture are analysed
      Then the title costs 0.05

    Scenario: A run that did not come to its end is tried again
      Given a person with 100 credits
      And a video whose picture was measured in a run that was cancelled
      When that run is tried again
      Then the picture is taken over from the earlier run

  Rule: What is not the same, or not fresh, is measured

    Scenario Outline: Something stands against taking it over
      Given a person with 100 credits
      And a video whose title was analysed
      When <what>
      And its title and its picture are analysed
      Then everything is measured

      Examples:
        | what                                |
        | 4 days pass                         |
        | the person reuses nothing           |
        | another build of the decoder serves |

    Scenario: The person wants it anew
      Given a person with 100 credits
      And a video whose title was analysed
      When its title and its picture are analysed anew
      Then everything is measured

    Scenario: A result does not become younger by being taken over
      Given a person with 100 credits
      And a video whose title was analysed
      When 2 days pass
      And its title and its picture are analysed
      And 2 days pass
      And its title and its sound are analysed
      Then everything is measured

    Scenario: A result was damaged after it was promised
      Given a person with 100 credits
      And a video whose title was analysed
      When the title's result is damaged
      And its title and its picture are analysed
      Then everything is measured
      And the title costs nothing

    Scenario: An estimate of one video does not start another
      Given a person with 100 credits
      And a video whose title was analysed
      When its title and its picture are estimated
      And another video is started by that estimate
      Then the start is refused as estimate_mismatch

    Scenario: What is asked anew is not started by an estimate of what is there
      Given a person with 100 credits
      And a video whose title was analysed
      When its title and its picture are estimated
      And its title and its picture are asked anew by that estimate
      Then the start is refused as estimate_mismatch

  Rule: Only results of YouTube videos cross from one person to another (R-102)

    Scenario: Another person has had the same YouTube video analysed
      Given a person with 100 credits
      And a video on YouTube whose picture was analysed
      When another person has its title and its picture analysed
      Then the picture is taken over, and nobody is told from whom
      And the title is measured

    Scenario: Another person has had all of the same YouTube video analysed
      Given a person with 100 credits
      And a video on YouTube whose picture was analysed
      When another person has its picture analysed
      Then the picture is taken over, and nobody is told from whom
      And nothing was fetched for it

    Scenario: The video on YouTube is no longer the same file
      Given a person with 100 credits
      And a video on YouTube whose picture was analysed
      When its file has changed
      And another person has its title and its picture analysed
      Then everything is measured
      And the picture costs nothing

    Scenario: The video on YouTube was cut
      Given a person with 100 credits
      And a video on YouTube whose picture was analysed
      When it was cut
      And another person has its title and its picture analysed
      Then everything is measured

    Scenario: Another person has had the same file analysed
      Given a person with 100 credits
      And a video whose title was analysed
      When another person has the title and the picture of the file analysed
      Then everything is measured
