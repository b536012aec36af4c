/** What stands in the copy beside the documents. It is for whoever opens the file years later, so it is in English alone. */
export const README = `A copy of what Porchlight held of you and your household.

account.json    your account, and where you were signed in
household.json  address, people, cameras, opt-outs
requests.json   what you were asked (kept here for 30 days after a request closed)
shares.json     what you shared, and each time somebody looked at it
keys.json       your household's key as it lay on the server: locked
clips.json      which clip is which
clips/          your clips, as your camera made them

If there is a folder clips-locked, its clips were not unlocked when this copy was made. Each is a file of the age
format (https://age-encryption.org). To open one with the age program:

1. Put the recovery key from your sheet into a file sheet.txt (one line, AGE-SECRET-KEY-1...).
2. age -d -i sheet.txt NAME.grant.age > grant.json
3. Take the value of clip_secret in grant.json into a file clip.txt.
4. age -d -i clip.txt NAME.age > clip.mp4

With your six words in place of the sheet: in keys.json take "locked" of the way of the kind "words" into a file
words.age, and "key" of the same into a file key.age. Then
   age -d words.age > door.txt         (it asks for the six words, with single spaces)
   age -d -i door.txt key.age > household.txt
and use household.txt in place of sheet.txt.

This copy is not locked. Keep it where nobody else looks.
`;
