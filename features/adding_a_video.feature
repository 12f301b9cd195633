Feature: A video is added before anything is paid
  A creator pastes a link, sees what the video is like and what measuring it would cost, and only
  then decides.

  Rule: A link is taken at once, and looked at afterwards (R-101)

    Scenario: A link is pasted
      Given a person with 100 credits
      And YouTube has a video of 60 seconds
      When its link is added
      Then the video is resolving, and YouTube was not asked

    Scenario: Its facts come a moment later
      Given a person with 100 credits
      And YouTube has a video of 60 seconds
      When its link is added and looked at
      Then the video is ready and 60 seconds long
      And it has the title that YouTube tells

    Scenario: What the person says goes before what YouTube tells
      Given a person with 100 credits
      And YouTube has a video of 60 seconds
      When its link is added with the title "My own words" and looked at
      Then it has the title "My own words"

    Scenario: Looking twice asks once
      Given a person with 100 credits
      And YouTube has a video of 60 seconds
      When its link is added and looked at
      And it is looked at again
      Then YouTube was asked once

    Scenario: Whoever looked has died
      Given a person with 100 credits
      And YouTube has a video of 60 seconds
      When its link is added
      And 11 minutes pass with nobody looking
      Then the video is among those to look at again

    Scenario: The same link is the same video
      Given a person with 100 credits
      And YouTube has a video of 60 seconds
      When its link is added in two forms
      Then the person has one video

    Scenario: Too many links at once
      Given a person with 100 credits
      When 21 links are added with nobody looking
      Then the last link is refused as too_many_videos
      And after the others were looked at it can be added

  Rule: A video that cannot be analysed says why, and costs nothing (R-103, R-106)

    Scenario Outline: YouTube does not give it
      Given a person with 100 credits
      And YouTube refuses the video as <reason>
      When its link is added and looked at
      Then the video is refused as link_refused because of <reason>
      And an estimate of its title is refused as link_refused

      Examples:
        | reason    |
        | private   |
        | bot_check |

    Scenario: It is too long
      Given a person with 100 credits
      And YouTube has a video of 1300 seconds
      When its link is added and looked at
      Then the video is refused as video_too_long
      And no run exists

    Scenario: What was refused may be added again
      Given a person with 100 credits
      And YouTube refuses the video as private
      When its link is added and looked at
      And the video becomes public
      And its link is added and looked at
      Then the video is ready and 60 seconds long

  Rule: An estimate asks nobody anything (R-603)

    Scenario: A tick in the profile
      Given a person with 100 credits
      And a ready video of 60 seconds
      When an estimate of its picture and its title is asked for, and then of its title alone
      Then the second estimate is the first without the picture
      And YouTube was asked once

    Scenario: Its facts are not known yet
      Given a person with 100 credits
      And YouTube has a video of 60 seconds
      When its link is added
      Then an estimate of its title is refused as video_not_ready

  Rule: A run starts from the video by its estimate (R-604)

    Scenario: The estimate is taken up
      Given a person with 100 credits
      And a ready video of 60 seconds
      When a run of its title is started by its estimate
      Then the run is queued, and the most of its estimate is held

    Scenario: A double click
      Given a person with 100 credits
      And a ready video of 60 seconds
      When a run of its title is started by its estimate
      And the same start of the video is sent again
      Then one run exists

    Scenario: The estimate is another video's
      Given a person with 100 credits
      And a ready video of 60 seconds
      And an estimate of another video
      When a run of its title is started by that estimate
      Then the start is refused as estimate_mismatch
      And no run exists

    Scenario: A field is missing
      Given a person with 100 credits
      And YouTube has a video of 60 seconds without a title
      When its link is added and looked at
      And a run of its title is started
      Then the start is refused as title_required
      And no run exists

  Rule: Nobody learns of another's videos

    Scenario: Another's video and one that never was
      Given a person with 100 credits
      And a ready video of 60 seconds
      When somebody else asks for it, and for one that never was
      Then both are refused as video_not_found, in the same words
