Feature: People sign in, and their programs with keys of their own
  Whoever signed up gets in with their address and password, and nobody else does.

  Rule: An address and its password open the door (R-902)

    Scenario: Signing up
      When Anna signs up
      Then Anna is signed in

    Scenario: Coming back
      Given Anna has signed up
      When Anna signs in
      Then Anna is signed in

    Scenario: The address is written another way
      Given Anna has signed up
      When Anna signs in with capitals and spaces around her address
      Then Anna is signed in

    Scenario: An address is taken
      Given Anna has signed up
      When somebody signs up with Anna's address
      Then that is refused as email_taken

    Scenario Outline: A password that is easily guessed
      When Anna signs up with the password "<password>"
      Then that is refused as invalid_password

      Examples:
        | password                |
        | elevenchars             |
        | abababababababab        |
        | trendflow-is-great-2026 |
        | my.anna@example.org.pw  |

  Rule: A refusal does not tell who has signed up

    Scenario: A wrong password and an unknown address are refused alike
      Given Anna has signed up
      When somebody signs in as Anna with a wrong password
      And somebody signs in as Boris, who never signed up
      Then both get the same refusal, sign_in_refused
      And a password was compared for each

    Scenario Outline: What can be nobody's is refused alike
      Given Anna has signed up
      When somebody signs in as Anna with a wrong password
      And somebody signs in with <what>
      Then both get the same refusal, sign_in_refused

      Examples:
        | what                                       |
        | an address that is none                    |
        | Anna's address and a password without end  |
        | Anna's address and an empty password       |

  Rule: Guessing is slow

    Scenario: Too many attempts
      Given Anna has signed up
      When somebody signs in as Anna with a wrong password 10 times
      And Anna signs in
      Then that is refused as too_many_attempts, with the time to wait
      And at that time Anna can sign in

    Scenario: An address that nobody has is limited alike
      When somebody signs in as Boris, who never signed up, 11 times
      Then that is refused as too_many_attempts, with the time to wait

    Scenario: Mistakes are forgotten after success
      Given Anna has signed up
      When Anna mistypes her password 9 times and then signs in, twice over
      Then Anna is signed in

  Rule: A session ends

    Scenario: Signing out
      Given Anna has signed up
      When Anna signs out
      Then Anna's session works no longer

    Scenario: Signing out everywhere
      Given Anna has signed up
      And Anna has signed in on another device, and Clara has signed up
      When Anna signs out everywhere
      Then no session of Anna's works
      And Clara is signed in

    Scenario: A session that is used goes on
      Given Anna has signed up
      When 20 days pass twice, and Anna asks for something in between
      Then Anna is signed in

    Scenario: A session that is not used ends
      Given Anna has signed up
      When 30 days pass
      Then Anna's session works no longer

    Scenario: A forgotten password is reset
      Given Anna has signed up
      When somebody signs in as Anna with a wrong password 10 times
      And Anna's password is reset by whoever runs the installation
      Then Anna's session works no longer
      And Anna can sign in with the new password alone

  Rule: A key may do what it was made for, until it is revoked

    Scenario: A program reads with a key
      Given Anna has signed up
      And a key of Anna's that may read
      Then the key is Anna's
      And the key may read
      And the key may not run, account or administer

    Scenario: A revoked key
      Given Anna has signed up
      And a key of Anna's that may read
      When Anna revokes the key
      Then the key works no longer

    Scenario: A key makes no mightier key
      Given Anna has signed up
      And a key of Anna's that may account
      When a key that may run is made with that key
      Then that is refused as scope_missing

    Scenario: Nobody revokes another's key
      Given Anna has signed up
      And a key of Anna's that may read
      When Clara, who has signed up, revokes the key
      Then that is refused as api_key_not_found
      And the key is Anna's
