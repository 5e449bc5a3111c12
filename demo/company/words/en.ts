import type { Speech } from './spoken.ts';

export const en: Speech = {
  things: ['a reading lamp', 'two lanterns', 'a set of candles', 'a wool throw', 'a glazed vase', 'a night light', 'garden lights', 'a wooden lamp stand', 'a linen shade', 'a gift box'], // prettier-ignore
  waits: ['a day', 'two days', 'three days', 'four days', 'five days', 'almost a week'],
  themes: {
    late: {
      what: [
        'My parcel came {wait} late.',
        'I ordered {thing} and waited {wait} longer than promised.',
        'The date you promised passed and nothing came for {wait}.',
        'Delivery was {wait} behind what the page said.',
        'It arrived {wait} after the day in your e-mail.',
        'Once again {wait} late, as last time.',
      ],
      more: [
        'Nobody told me anything in the meantime.',
        'I had taken an afternoon off for it, for nothing.',
        'It was meant as a present and the birthday was over by then.',
        'The tracking page said "on its way" the whole time.',
        'I had to write twice before anyone could say where it was.',
        'The lamp itself is fine, but that spoilt it.',
      ],
      end: [
        'Please promise a day you can keep.',
        'A short message would have been enough.',
        'Next time I will buy it round the corner.',
        'What is the date for, then?',
      ],
    },
    parcel: {
      what: [
        'It came exactly on the day you said.',
        'Everything arrived in one piece.',
        'I ordered {thing} and it was all there two days later.',
        'The parcel was well packed and easy to open.',
        'Quick delivery, no trouble at all.',
        'The driver rang and even carried it up the stairs.',
      ],
      more: [
        'The box was hardly bigger than what was in it, I like that.',
        'No plastic inside, only paper.',
        'I always knew where it was.',
        'The message in the morning helped me plan the day.',
        'Nothing was scratched or broken.',
      ],
      end: ['Thank you!', 'Keep it like that.', 'I will order again.', 'That is how it should be.'],
    },
    faulty: {
      what: [
        'I bought {thing} and what came was damaged.',
        'The colour is nothing like the picture.',
        'It stopped working after the second evening.',
        'One piece was missing from the box.',
        'The glass has a crack from top to bottom.',
        'It is much smaller than I thought from the photos.',
      ],
      more: [
        'For that price I expected something better.',
        'It looks as if somebody had sent it back before.',
        'The instructions did not help either.',
        'I had been looking forward to it for weeks.',
        'The screws did not fit, so it still lies in its box.',
      ],
      end: [
        'Please check what you send out.',
        'I would like a new one.',
        'A pity, the idea is lovely.',
        'Show the size next to a hand or a cup.',
      ],
    },
    love: {
      what: [
        'I bought {thing} and am glad of it every evening.',
        'The light is warm and soft, just what I wanted.',
        'I have been coming to you for years and am never disappointed.',
        'Friends ask me where I got it every time they visit.',
        'Good things, fair prices, kind people.',
        'Exactly as in the picture, if not nicer.',
      ],
      more: [
        'My daughter will not go to sleep without it any more.',
        'It feels solid and well made.',
        'I have already ordered a second one for my sister.',
        'You can tell that somebody thought about it.',
        'The living room is a different place in the evening.',
      ],
      end: ['Do not change a thing.', 'Thank you to everyone.', 'I gladly recommend you.', 'More of this, please!'],
    },
    checkoutHard: {
      what: [
        'I had to type in my address twice.',
        'The new checkout asks for far too much.',
        'The page threw me back to the basket at the last step.',
        'I could not find where to enter my voucher.',
        'Why do I need an account to buy {thing}?',
        'It did not accept my card and would not say why.',
      ],
      more: [
        'It used to take a minute, now it is ten.',
        'On the phone the button is hidden under the keyboard.',
        'I nearly gave up.',
        'After an error every field was empty again.',
        'My wife had to help me finish it.',
      ],
      end: [
        'The old page was better.',
        'Please make it short again.',
        'In the app it works, by the way.',
        'I only wanted to pay.',
      ],
    },
    checkoutEasy: {
      what: [
        'Two clicks and it was done.',
        'Paying was quick and clear.',
        'It remembered my address, very handy.',
        'I ordered {thing} on the bus, it took no time.',
        'All costs were shown before I paid.',
      ],
      more: [
        'Nothing was added at the end.',
        'I did not need the help page at all.',
        'The summary fits on one screen.',
        'The confirmation came at once.',
      ],
      end: ['Well done.', 'Please leave it like this.', 'Nothing to complain about.'],
    },
    returnEasy: {
      what: [
        'I sent back {thing} and the money was there in three days.',
        'The label was in the box, I only had to stick it on.',
        'Returning was easier than I feared.',
        'No questions asked, simply refunded.',
        'I could hand the parcel in at the corner shop.',
      ],
      more: [
        'I was told at every step what happens next.',
        'The refund was complete, postage too.',
        'That is why I dare to order from you at all.',
        'It took me five minutes.',
      ],
      end: ['Thank you for that.', 'Very fair.', 'I will try another size.'],
    },
    returnRefused: {
      what: [
        'The store would only give me a voucher, not my money.',
        'I was told that fourteen days are over in the shop, while online it is thirty.',
        'I bought {thing} in the store, and a return was out of the question.',
        'They sent me away because I had bought it in the shop and not on the web.',
        'At the counter the rule is another one than on your site.',
      ],
      more: [
        'Nobody had said so when I paid.',
        'It is the same company, is it not?',
        'The young man at the till was sorry, but it is a silly rule.',
        'I do not need a voucher for a shop that treats me like this.',
        'The receipt says it in tiny letters on the back.',
      ],
      end: [
        'One rule for everything, please.',
        'Next time I order online or not at all.',
        'I felt cheated.',
        'Write it large beside the till.',
      ],
    },
    helpGood: {
      what: [
        'My question was answered the same day.',
        'One person looked after it from start to end.',
        'She knew at once what was wrong.',
        'A new part was in the post the next morning.',
        'Friendly, clear, and it solved the problem.',
      ],
      more: [
        'I did not have to explain everything again.',
        'He even called back to ask if it works now.',
        'I got an honest answer, not an excuse.',
        'It was settled with one message.',
      ],
      end: ['Thank you so much.', 'I wish everybody worked like that.', 'Give her a rise!'],
    },
    helpBad: {
      what: [
        'I waited two days for an answer that did not help.',
        'Every time somebody else wrote to me.',
        'I was asked for my order number four times.',
        'The reply was a ready-made text about something else.',
        'On the phone I hung in the queue for half an hour.',
      ],
      more: [
        'In the end I repaired it myself.',
        'Nobody seems to read what the other wrote.',
        'The case was closed before anything was solved.',
        'I still do not know what will happen now.',
        'It was polite, but nothing came of it.',
      ],
      end: [
        'Please answer the question I asked.',
        'One person for one problem would be nice.',
        'I have given up.',
        'Call me, do not write.',
      ],
    },
    visitGood: {
      what: [
        'Lovely shop, I could try every lamp.',
        'The assistant took her time and found just the right thing.',
        'I only wanted to look and left with {thing}.',
        'A warm welcome and good advice.',
        'Everything is easy to find and nicely laid out.',
      ],
      more: [
        'They even wrapped it for me.',
        'No waiting at the till.',
        'One can sit down and see the light in the dark corner.',
        'My children loved the candle workshop.',
      ],
      end: ['I will be back.', 'More shops like this!', 'Many thanks to the team.'],
    },
    visitBad: {
      what: [
        'I stood at the till for a quarter of an hour.',
        'What I came for was sold out, although the site said there were three.',
        'Nobody had time for me.',
        'Half of the lamps on show were not switched on.',
        'It was so crowded that one could hardly turn round.',
      ],
      more: [
        'Two tills were closed.',
        'When I asked, I was told to look on the internet.',
        'I drove forty minutes for it.',
        'The price on the shelf was another than at the till.',
      ],
      end: ['I went home with nothing.', 'Please put more people there on Saturdays.', 'A pity.'],
    },
    fair: {
      what: [
        'It is all right.',
        'Nothing special, but it does what it should.',
        'Some things are good, some could be better.',
        'The lamp is fine, the box was torn.',
        'I keep it, though I had imagined something else.',
      ],
      more: [
        'A bit dear for what it is.',
        'It took a while, but in the end it worked.',
        'I would have liked more choice of colours.',
        'The cable could be longer.',
      ],
      end: ['We will see how long it lasts.', 'Perhaps I will order again.', 'No hard feelings.'],
    },
  },
};
