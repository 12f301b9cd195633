Feature: What cannot be analysed is refused before a run exists
  Bad input loses nothing and costs nothing: no run, nothing left behind, a reason one can act on.

  Rule: A video lasts from 5 seconds to 20 minutes

    Scenario Outline: Lengths at the limits
      Given a video of <seconds> seconds
      When it is analysed for its picture
      Then the answer is <answer>

      Examples:
        | seconds | answer          |
        | 4.9     | video_too_short |
        | 5       | ok              |
        | 1200    | ok              |
        | 1200.5  | video_too_long  |

  Rule: A picture is at most four times as wide as it is high

    Scenario Outline: Shapes
      Given a video of 6 seconds, <width> by <height>
      When it is analysed for its picture
      Then the answer is <answer>

      Examples:
        | width | height | answer            |
        | 1280  | 320    | ok                |
        | 1284  | 320    | unsupported_input |
        | 8     | 8      | unsupported_input |

  Rule: A field is required exactly when a chosen component reads it

    Scenario: The title is measured and was not given
      Given a video of 10 seconds without a title
      When it is analysed for its picture, its sound and its title
      Then it is refused as title_required
      And no run exists
      And nothing of the video is left on the worker's disk

    Scenario: The title is not measured and was not given
      Given a video of 10 seconds without a title
      When it is analysed for its picture
      Then the run is ok

  Rule: What is not a video is refused

    Scenario: A text file
      Given a file that is not a video
      When it is analysed for its picture
      Then it is refused as unsupported_input
      And no run exists
      And nothing of the video is left on the worker's disk
