Feature: A file is uploaded before anything is paid
  A creator uploads a file, sees what it is like and what measuring it would cost, and only then
  decides.

  Rule: A file is uploaded, looked at whole, and kept until it was analysed (R-102, R-107)

    Scenario: A file becomes a video
      Given a person with 100 credits
      When a file of 60 seconds is uploaded
      Then the video is ready and 60 seconds long
      And nothing was charged

    Scenario: A file that is no video
      Given a person with 100 credits
      When a file that is no video is uploaded
      Then the upload is refused as unsupported_input
      And nothing of the upload is kept
      And nothing was charged

    Scenario: Another file than was declared
      Given a person with 100 credits
      When another file than was declared is uploaded
      Then the upload is refused as upload_mismatch
      And nothing of the upload is kept

    Scenario: The same file twice
      Given a person with 100 credits
      When a file of 60 seconds is uploaded
      And a file of 60 seconds is uploaded
      Then the person has one video
      And the file is kept once

    Scenario: A second profile before the first has begun
      Given a person with 100 credits
      When a file of 60 seconds is uploaded
      And runs of its title and of its picture are started
      And both runs are carried out
      Then both runs are ok
      And nothing of the upload is kept

    Scenario: A second profile after the file was analysed
      Given a person with 100 credits
      When a file of 60 seconds is uploaded
      And runs of its title and of its picture are started
      And both runs are carried out
      And a run of its sound is started
      Then the start is refused as upload_missing

    Scenario: It is uploaded again
      Given a person with 100 credits
      When a file of 60 seconds is uploaded
      And runs of its title and of its picture are started
      And both runs are carried out
      And a file of 60 seconds is uploaded
      And a run of its sound is started
      Then the run of the sound is queued

    Scenario: Nobody starts a run within a day
      Given a person with 100 credits
      When a file of 60 seconds is uploaded
      And a day passes and uploads are swept
      Then nothing of the upload is kept
      And a run of its title is refused as upload_missing
      And an estimate of its title is refused as upload_missing

    Scenario: A run waits for more than a day
      Given a person with 100 credits
      When a file of 60 seconds is uploaded
      And runs of its title and of its picture are started
      And a day passes and uploads are swept
      And both runs are carried out
      Then both runs are ok

    Scenario: A run is tried again after its video has got another title
      Given a person with 100 credits
      When a file of 60 seconds is uploaded
      And a run of its title is started, cancelled, the video renamed and the run tried again
      Then the second run measures the title of the first

    Scenario: A run that was cancelled before it began is tried again
      Given a person with 100 credits
      When a file of 60 seconds is uploaded
      And a run of its title is started, cancelled and tried again
      Then the second run is ok and the file is gone

    Scenario: Too many uploads at once
      Given a person with 100 credits
      When 11 uploads are begun
      Then the upload is refused as too_many_uploads
