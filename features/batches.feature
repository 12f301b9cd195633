Feature: Short videos that wait are measured together
  Where more runs wait than there are workers, one worker takes several short ones, and a model is asked once for all.

  Rule: A served model is asked once for all videos of a batch (R-502)

    Scenario: Short videos are measured together
      Given 4 short videos whose runs wait for a worker
      When a worker works until nothing waits
      Then every run is ok
      And the models were asked 2 times
      And every result is what it would be alone

    Scenario: A machine with less memory measures fewer together
      Given a machine that holds 2 measurements at once
      And 4 short videos whose runs wait for a worker
      When a worker works until nothing waits
      Then every run is ok
      And the models were asked 4 times

    Scenario: Long videos are measured by themselves
      Given 2 long videos whose runs wait for a worker
      When a worker works until nothing waits
      Then every run is ok
      And the models were asked 4 times

    Scenario: What an idle worker could take is left to it
      Given 3 short videos whose runs were started just now
      When a worker takes the first
      Then the models were asked 2 times
      And 2 runs wait

  Rule: A model is asked in parts that the machine has memory for (R-502, R-508)

    Scenario: A measurement takes twice the memory of the machine
      Given a short video whose run waits, and a machine with 1/2 of the memory that measuring takes
      When a worker works until nothing waits
      Then every run is ok
      And the models were asked for 2, 2, 1 and 1 things at once

    Scenario: Even a quarter at once is too much
      Given a short video whose run waits, and a machine with 1/4 of the memory that measuring takes
      And a model that takes the pictures of 0 videos at once
      When a worker works until nothing waits
      Then the faces end in the error out_of_memory after one call

  Rule: A failure touches only its own run (R-502)

    Scenario: A model says nothing of one video
      Given 2 short videos whose runs wait for a worker
      And an unlucky short video whose run waits
      And 2 short videos whose runs wait for a worker
      When a worker works until nothing waits
      Then the faces of the unlucky video alone are in error
      And every other result is what it would be alone

    Scenario: One run is cancelled while the others are measured
      Given a short video that is also measured for its colour
      And 3 short videos whose runs wait for a worker
      And the second is cancelled before anything is measured together
      When a worker works until nothing waits
      Then the second run alone is cancelled
      And every other result is what it would be alone

    Scenario: A worker that is asked to end hands every run back (hardening 50)
      Given a short video that is also measured for its colour
      And 2 short videos whose runs wait for a worker
      When the worker is asked to end before anything is measured together
      Then 3 runs wait, and none counts as tried
      When a worker works until nothing waits
      Then every run is ok
      And every result is what it would be alone

    Scenario: One run that was tried before takes no company
      Given 3 short videos whose runs wait for a worker
      And a worker has died of the first
      When a worker takes the first
      Then 2 runs wait

  Rule: What is too much for the memory together is asked in smaller parts (R-508)

    Scenario: The model takes two videos at once and no more
      Given a model that takes the pictures of 2 videos at once
      And 4 short videos whose runs wait for a worker
      When a worker works until nothing waits
      Then every run is ok
      And every result is what it would be alone

    Scenario: One video alone is too much
      Given a model that takes the pictures of 0 videos at once
      And 2 short videos whose runs wait for a worker
      When a worker works until nothing waits
      Then the faces of every video end in the error out_of_memory
      And they say that they need more resources
