Feature: A damaged video is repaired if possible
  A run goes on when at least 80 percent of the pictures can be decoded, and says so.

  Rule: What only decoding shows ends the run, and the run's account is kept

    Scenario: Some pictures are damaged
      Given a video of which 85 percent can be decoded
      When it is analysed for its picture
      Then the run is ok
      And the manifest warns of decode_errors

    Scenario: Repair helps
      Given a video of which 70 percent can be decoded, and 90 after repair
      When it is analysed for its picture
      Then the run is ok
      And the manifest tells of 2 decodings

    Scenario: Repair does not help
      Given a video of which 30 percent can be decoded
      When it is analysed for its picture
      Then the run ends in the error video_file_corrupted
      And every component is skipped
      And nothing of the video is left on the worker's disk

    Scenario: Repair takes longer than it may
      Given a video of which 70 percent can be decoded, and which takes 301 seconds to repair
      When it is analysed for its picture
      Then the run ends in the error video_file_corrupted
      And nothing of the video is left on the worker's disk

    Scenario: Repair leaves less than a video
      Given a video of 6 seconds of which repair leaves 3
      When it is analysed for its picture
      Then the run ends in the error video_file_corrupted

    Scenario: The video is shorter than its packets say
      Given a video of 10 seconds of which only 4 can be decoded
      When it is analysed for its picture
      Then the run ends in the error video_too_short

    Scenario: The plan was made for another length
      Given a video of 10 seconds of which only 8 can be decoded
      When it is analysed for its picture
      Then the run is ok
      And the manifest tells of 2 decodings
