Feature: A video is given by a YouTube link
  Links are understood in all the forms people paste; what YouTube refuses is told with the reason.

  Rule: Every form of link names one video

    Scenario Outline: Forms of link
      When the link <link> is read
      Then it names the video <video>

      Examples:
        | link                                            | video       |
        | https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3 | dQw4w9WgXcQ |
        | https://youtu.be/dQw4w9WgXcQ?si=abc             | dQw4w9WgXcQ |
        | https://youtube.com/shorts/dQw4w9WgXcQ          | dQw4w9WgXcQ |
        | https://www.youtube.com/embed/dQw4w9WgXcQ       | dQw4w9WgXcQ |
        | https://www.youtube.com/live/dQw4w9WgXcQ        | dQw4w9WgXcQ |
        | m.youtube.com/watch?v=dQw4w9WgXcQ               | dQw4w9WgXcQ |

    Scenario Outline: What is not a link to one video
      When the link <link> is read
      Then it is refused as invalid_link

      Examples:
        | link                                      |
        | https://www.youtube.com/playlist?list=PL1 |
        | https://vimeo.com/12345                   |
        | https://youtu.be/short                    |
        | ftp://youtu.be/dQw4w9WgXcQ                |
