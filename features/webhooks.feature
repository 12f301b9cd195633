Feature: A creator's own program is told how runs end
  Instead of asking again and again, a program is told, in a way that it can believe.

  Rule: Every end of a run is told, and nothing but ids, status and code (R-504, R-706)

    Scenario: A run succeeds
      Given a person whose program waits at an address of its own
      When a run of theirs ends well
      Then the program is told run.ok with the id of the run
      And nothing of the video's title is in the message

    Scenario: A run fails
      Given a person whose program waits at an address of its own
      When a run of theirs ends in an error
      Then the program is told run.error with the code of the error

    Scenario: A run is cancelled
      Given a person whose program waits at an address of its own
      When the person cancels a run of theirs that waits
      Then the program is told run.cancelled with the id of the run

    Scenario: A stranger's run
      Given a person whose program waits at an address of its own
      When a run of somebody else's ends well
      Then the program is told nothing

  Rule: A start may name an address of its own (R-501, R-504)

    Scenario: A run is started with a callback
      Given a person
      When a run of theirs that names a callback ends well, and then another one
      Then the callback is told of its own run alone, signed with the secret that came with it
      And the delivery is listed with the run, and not among the addresses

    Scenario: A callback that is away
      Given a person
      And their callback is away
      When a run of theirs that names a callback ends well, and then another one
      And the callback is back and the person has its delivery sent again
      Then the callback is told of its own run alone, signed with the secret that came with it

    Scenario: A callback into the house itself
      Given a person
      When a start names the callback https://10.0.0.1/ with a secret of 32 characters
      Then it is refused as invalid_webhook_address because of its not_public

    Scenario: A callback whose messages nobody could believe
      Given a person
      When a start names the callback https://hooks.example.com/ with a secret of 31 characters
      Then it is refused as invalid_callback_secret

  Rule: A message can be believed

    Scenario: The program checks the signature
      Given a person whose program waits at an address of its own
      When a run of theirs ends well
      Then the message is signed with the secret that was shown once

    Scenario: The secret is changed
      Given a person whose program waits at an address of its own
      When the person changes the secret, and a run of theirs ends well
      Then whoever knows the new secret believes the message
      And whoever still knows the old one believes it too

    Scenario: The secret is changed twice
      Given a person whose program waits at an address of its own
      When the person changes the secret twice, and a run of theirs ends well
      Then whoever knows the new secret believes the message
      And whoever knows the first one believes nothing

  Rule: A program that does not answer is told again, and not for ever

    Scenario: The program is away for a while
      Given a person whose program waits at an address of its own
      And the program is away
      When a run of theirs ends well, and the program comes back after a minute
      Then the program is told once what it missed, under the id of the first try

    Scenario: The program never comes back
      Given a person whose program waits at an address of its own
      And the program is away
      When a run of theirs ends well, and a day passes
      Then it was tried 8 times, with longer and longer pauses
      And the delivery is listed as given up, with the reason

    Scenario: The person has a delivery sent again
      Given a person whose program waits at an address of its own
      And a delivery that was given up
      When the program is back and the person has the delivery sent again
      Then the program is told what it missed

  Rule: A message goes only where it can do no harm

    Scenario Outline: An address that is refused
      Given a person
      When they register the address <address>
      Then it is refused as invalid_webhook_address because of its <detail>

      Examples:
        | address                             | detail     |
        | http://hooks.example.com/           | scheme     |
        | https://me:secret@hooks.example.com | userinfo   |
        | https://hooks.example.com:6379/     | port       |
        | https://127.0.0.1/                  | not_public |
        | https://169.254.169.254/latest      | not_public |
        | https://пример.рф/                  | not_plain  |

    Scenario: A sixth address
      Given a person with 5 addresses
      When they register the address https://hooks.example.com/sixth
      Then it is refused as too_many_webhooks

    Scenario: Somebody else's address
      Given a person whose program waits at an address of its own
      When somebody else deletes the address, changes its secret or lists its deliveries
      Then each is refused as if there were no such address
