Feature: A video is heard and seen
  Models hear when somebody speaks and see who is there. Nothing stands in for a model that cannot answer.

  Rule: What is said and who is seen is measured, and the results name their models

    Scenario: Somebody speaks into the camera
      Given a video of 10 seconds
      When it is analysed for its speech and its faces
      Then the run is ok
      And every component is ok
      And the speech and the faces name the models that told of them

  Rule: A language that nobody here understands ends the transcript, and the run goes on

    Scenario: Somebody speaks a foreign language
      Given a video of 10 seconds
      And a foreign language is spoken in it
      When it is analysed for its speech and its faces
      Then the run is ok
      And the speech is an error named speech_language_not_served
      And the pace of the speech is blocked
      And the faces are measured
      And only the faces are charged, and the work shared with them

  Rule: A model that is not there is not replaced

    Scenario: A model is not built
      Given a video of 10 seconds
      And a component whose model nobody has built
      When it is analysed for its faces and that component
      Then the run is ok
      And that component is an error named model_not_found
      And the faces are measured
      And the run warns of that component
