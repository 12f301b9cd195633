Feature: A video is measured
  A creator gives a video and a profile, and gets measurements, a manifest and a report.

  Rule: What was asked for is measured, once

    Scenario: A video with sound and a title
      Given a video of 10 seconds
      When it is analysed for its picture, its sound and its title
      Then the run is ok
      And every component is ok
      And the manifest lists what was measured
      And there is a report
      And nothing of the video is left on the worker's disk

    Scenario: The video is decoded once, however much is measured
      Given a video of 10 seconds
      When it is analysed for its picture, its sound and its title
      Then the manifest tells of 1 decoding

  Rule: Emptiness is not failure

    Scenario: A silent video
      Given a video of 10 seconds without sound
      When it is analysed for its picture, its sound and its title
      Then the run is ok
      And the sound is empty because audio_missing_or_extract_failed
      And what is computed from the sound is empty because dependency_missing

  Rule: The same file is the same video

    Scenario: A file is given twice
      Given a video of 10 seconds
      When it is analysed for its picture
      And it is analysed for its picture again
      Then both runs are of one video
      And both runs have one configuration
