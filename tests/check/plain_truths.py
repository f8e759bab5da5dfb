"""True statements in unusual wordings, by the day on which they are read: none of them may ever be called wrong.

The facts are on record with their sources (see conftest); the sentences are our own. Each stands alone, in the order in
which a reader of the record would check it: who is inside, how long, what sentence, how many freed, how many held, who
was freed when, which day, how old.
"""

from datetime import date

EVE = date(2025, 12, 20)
SPRING = date(2026, 4, 1)
SEPTEMBER = date(2025, 9, 30)

WHO_IS_INSIDE = """
In 2023 Ales Bialiatski was still in prison.
When he won the Nobel Peace Prize, Ales Bialiatski was behind bars.
Ales Bialiatski was in prison when the prize was announced.
Ales Bialiatski, who was in jail for more than four years, met reporters.
For 1,613 days Ales Bialiatski remained in prison.
Until last week Maria Kalesnikava was in prison.
A year ago Viktar Babaryka was behind bars.
Maria Kalesnikava, formerly imprisoned, sang again.
While Ales Bialiatski was in prison, his wife wrote to him.
Had he refused, Ales Bialiatski would still be in prison.
Many believed that Ales Bialiatski was still in prison.
Ales Bialiatski is no longer behind bars.
Ales Bialiatski is not in prison any more.
"If not for the envoy, Ales Bialiatski would remain in custody," she said.
Some readers think Maksim Znak is still in prison; he is not.
It is false that Maksim Znak remains in prison.
State TV claimed that Maksim Znak is in prison.
Like Ales Bialiatski before his release, Valiantsin Stefanovic remains in prison.
Unlike Ales Bialiatski, Valiantsin Stefanovic remains in prison.
As long as Valiantsin Stefanovic is in prison, Ales Bialiatski says he is not free.
Ales Bialiatski said that Valiantsin Stefanovic is in custody.
Ales Bialiatski's deputy is still in prison.
Ales Bialiatski's colleague Valiantsin Stefanovic remains in prison.
Ales Bialiatski says his colleague is still behind bars.
Ales Bialiatski's colleagues are still in prison.
Maria Kalesnikava's friends are still in prison.
According to Ales Bialiatski, over a thousand people are in prison.
Nobody who follows the news thinks that Ales Bialiatski is in prison.
If Maria Kalesnikava is in prison, who gave the concert in Kyiv?
Imagine that Maria Kalesnikava remains behind bars today.
The film in which Maksim Znak is in prison was shot in 2024.
Ales Bialiatski is in prison only in the minds of those who do not read.
Friends of Ales Bialiatski are in prison.
The man who betrayed Ales Bialiatski is in custody.
The regime that jailed Maria Kalesnikava is still in power.
Part of Maria Kalesnikava is still in prison, she says.
The diary that Maksim Znak wrote is still in prison.
Those who wrote to Maria Kalesnikava are still in prison.
Maria Kalesnikava will never forget who is still behind bars.
A man named after Viktar Babaryka is in custody.
The lawyer of Viktar Babaryka is in prison.
The wish that Viktar Babaryka is in prison for ever did not come true.
Viktar Babaryka's son Eduard remains in prison.
It is no longer true that Viktar Babaryka is in prison.
Contrary to a headline of this morning, Viktar Babaryka is in prison no more.
Neither Ales Bialiatski nor Maria Kalesnikava is in prison.
Ales Bialiatski, unlike his deputy, is free; his deputy remains in custody.
The year was 2022. Ales Bialiatski is in prison, and so is Maria Kalesnikava.
It is winter 2021. Maria Kalesnikava is in prison.
The rumour ran like this: Ales Bialiatski is still in prison.
Ales Bialiatski is still in prison. That is what state media would like you to believe.
Maria Kalesnikava is still behind bars. Or so her guards told her sister.
"Maksim Znak is still in prison. I have not heard from him," a friend wrote a year ago.
Correction: we wrote that Maria Kalesnikava is in prison.
Viktar Babaryka remains in custody, an old leaflet says.
Readers ask whether Maksim Znak remains in prison.
Ales Bialiatski is held in high esteem.
Maria Kalesnikava is in prison dress on the poster.
Ales Bialiatski's books remain in prison libraries.
Maria Kalesnikava is locked in a dispute with her landlord.
Maksim Znak is serving as an adviser.
Ales Bialiatski spoke of a young man. He is still in prison.
Maria Kalesnikava named her guard. He is in custody.
Ales Bialiatski met a mother in Vilnius. She is in jail now.
Ales Bialiatski's friend came too. He remains in prison.
People like Ales Bialiatski face long sentences.
Voices like Maria Kalesnikava are rare, and those who speak face prison.
"""

WHO_IS_INSIDE_LATER = """
In September Mikalai Statkevich remained in prison.
In 2015 Mikalai Statkevich was still behind bars.
In 2021 Ales Bialiatski was in prison.
Ales Bialiatski was not in prison in 2016.
Mikalai Statkevich has been free since 19 February 2026.
Mikalai Statkevich was pardoned on 11 September 2025 and stayed in prison until 19 February 2026.
Mikalai Statkevich, back in prison on the day of his pardon, came home in February.
Valiantsin Stefanovic was reported free on 13 December 2025, but he was in fact freed on 19 March 2026.
Until 19 March 2026 Valiantsin Stefanovic was in prison.
Nobody should write that Valiantsin Stefanovic is still in prison.
Valiantsin Stefanovic's neighbour is in custody.
"""

HOW_LONG = """
Ales Bialiatski was first jailed on 4 August 2011 and left prison after 1,052 days.
In all, Ales Bialiatski has spent 2,665 days in prison across two stretches.
Ales Bialiatski had been held for 597 days when a court handed him ten years.
Maria Kalesnikava was held 597 days without letters.
Maria Kalesnikava spent 1,923 days inside, of which about 600 days were incommunicado.
Maria Kalesnikava was held in isolation for 20 months.
Maksim Znak spent 10 days in a punishment cell.
Viktar Babaryka spent 30 days in hospital in custody.
Maria Kalesnikava was sentenced to 4,015 days.
By his 1,000th day in custody, Ales Bialiatski had been moved to a colony.
After 1,000 days in prison Ales Bialiatski still had more than five years to serve.
Ihar Losik spent 42 days on hunger strike in prison.
Ihar Losik was kept in solitary for 45 days in prison.
Ales Bialiatski spent 1,200 days in custody before the campaign for him began.
Ales Bialiatski spent 1,300 days in prison in the company of thieves.
Maria Kalesnikava spent 1,500 days in prison without a visit.
Maria Kalesnikava spent 1,800 days in jail before a doctor saw her.
Maksim Znak, who spent 1,700 days in prison with his manuscripts, wrote songs.
Maria Kalesnikava was held for 1,400 days until a lawyer was let in.
Viktar Babaryka was released after 700 days in custody from a punishment regime.
Maria Kalesnikava spent 15 days in jail.
Siarhei Tsikhanouski was released after 15 days in jail.
Of her time, Maria Kalesnikava spent 1,600 days in prison in Homel.
Maria Kalesnikava's lawyer spent 1,921 days in prison.
Ales Bialiatski's deputy has now spent 1,620 days in custody.
If counted from the charge, Maria Kalesnikava spent 1,914 days in custody.
Maria Kalesnikava was freed after 1,910 days.
Nobody thought that Maria Kalesnikava would spend 1,500 days in prison.
Maria Kalesnikava did not spend 1,808 days in custody.
Not 1,808 but 1,923 days is how long Maria Kalesnikava spent in prison.
A first report said that Maria Kalesnikava spent 1,808 days in prison.
"""

WHAT_SENTENCE = """
The sister of Maria Kalesnikava, sentenced to 14 years, was freed.
Maria Kalesnikava, threatened with being sentenced to 14 years, was freed.
Maria Kalesnikava, sentenced to 12 years on paper and 11 in court, was freed.
Maria Kalesnikava got 14 years' worth of mail.
Maria Kalesnikava received 14 years of letters.
The man who denounced Maria Kalesnikava was sentenced to 14 years.
Maria Kalesnikava, jailed for 8 years in a film, was played by an actor.
Maria Kalesnikava, serving 13 years under the first indictment, is free.
Eduard Palchys, jailed for 15 days in 2016, is a blogger.
Ales Bialiatski got 4.5 years in 2011.
Maria Kalesnikava, sentenced to 11 years, was among those freed.
The court gave Ales Bialiatski 10 years, Valiantsin Stefanovic 9 and Uladzimir Labkovich seven.
Prosecutors had asked for 12 years for Ales Bialiatski, 11 years for Valiantsin Stefanovic and 9 for Uladzimir Labkovich.
Maksim Znak, Maria Kalesnikava's lawyer, was sentenced to 10 years, not 11.
Maria Kalesnikava has been sentenced to 11 years; Maksim Znak, her lawyer, to ten.
Prosecutors asked for 15 years for Maria Kalesnikava.
Maria Kalesnikava faced up to 12 years in prison.
Maria Kalesnikava could have been sentenced to 12 years.
Maria Kalesnikava served half of her 11-year sentence.
Maria Kalesnikava was sentenced with Maksim Znak to 11 and 10 years.
Maria Kalesnikava and Maksim Znak were sentenced to 11 years and 10 years.
Maksim Znak and Maria Kalesnikava got ten and eleven years.
Ales Bialiatski was sentenced to four and a half years in 2011.
Ales Bialiatski, once sentenced to 4.5 years, was handed another ten years.
Mikalai Statkevich had been sentenced to six years in 2011.
Mikalai Statkevich was jailed for three years in 2005.
Viktar Babaryka's son Eduard was sentenced to eight years.
Viktar Babaryka's aide was sentenced to six years.
Ales Bialiatski's lawyer was jailed for six years.
The judge who sentenced Viktar Babaryka was sentenced to 3 years.
Siarhei Tsikhanouski, sentenced to 18 years, got another 18 months.
Siarhei Tsikhanouski was given an extra one and a half years in prison.
Siarhei Tsikhanouski's term was 19.5 years.
The wife of Ihar Losik was sentenced to two years.
Ihar Losik's wife was sentenced to two years in prison.
Valiantsin Stefanovic's sentence of nine years was upheld.
Maksim Znak's sentence was cut by one year under amnesty, to nine years.
Ales Bialiatski had served 2 years when the court sentenced him.
Katsiaryna Andreyeva was first sentenced to two years, then to eight years and three months.
Katsiaryna Andreyeva was sentenced to two years on 18 February 2021 and to 8 years on 13 July 2022.
Katsiaryna Andreyeva had served almost all of her two years when she got 8 years more.
Katsiaryna Andreyeva was sentenced to two years in prison.
The prosecutor wanted Maryna Zolatava sentenced to 13 years.
Had she been tried alone, Maryna Zolatava might have been sentenced to eight years.
Maryna Zolatava was not sentenced to 15 years.
A sentence of 14 years in prison awaited Maryna Zolatava, it was feared.
Maryna Zolatava was sentenced to 12 years, 2 more than Maksim Znak.
A court sentenced Maria Kalesnikava's lawyer to 10 years in a colony.
A court sentenced the lawyer of Maria Kalesnikava to 10 years.
Of the 11 years to which Maria Kalesnikava was sentenced, 5 years were served.
Viktar Babaryka, sentenced to 14 years, said that a cellmate was sentenced to 17 years.
"""

HOW_MANY_FREED = """
On 11 September 2025, 52 prisoners crossed the yard.
On 11 September 2025, 52 prisoners were pardoned and 51 crossed into Lithuania.
In Belarus 52 prisoners were pardoned on 11 September 2025, and 51 left the country.
On 13 December 2025 Belarus let 123 people go: 114 crossed to Ukraine, nine to Lithuania.
On the same Saturday, 13 December 2025, 9 prisoners were released to Lithuania and 114 prisoners were released to Ukraine.
On 13 December 2025, 109 prisoners freed by Minsk were Belarusians named by Kyiv.
On 13 December 2025, 9 women were among those freed in the first group.
Two prisoners freed on 13 December 2025, Ales Bialiatski and Maria Kalesnikava, gave interviews.
On 13 December 2025 three women freed from Belarus spoke in Kyiv.
On 13 December 2025, 5 Ukrainians were freed.
The first 50 people released on 13 December 2025 reached the border at noon; the other 73 people released on 13 December 2025 arrived later.
Another 9 people freed on 13 December 2025 went to Vilnius.
On 13 December 2025 Belarus released 123 people, 52 of whom had asked for it.
On 13 December 2025, 40 political prisoners were released without passports.
On 13 December 2025 some 40 prisoners were released, then the rest.
By noon on 13 December 2025, 60 prisoners had been freed.
On 13 December 2025 buses carrying 114 freed people went south.
On 13 December 2025, after the release of 52 people in September, Minsk freed 123 people.
Belarus freed 123 people on 13 December 2025, 71 more people than it freed in September.
On 13 December 2025 Minsk freed 123 prisoners; on 11 September 52 prisoners were freed.
Since 13 December 2025, 22 people were pardoned.
On 13 December 2025 the number of freed people since July 2024 passed 430.
Since July 2024, 430 people had been freed by 13 December 2025.
Before 13 December 2025, 30 people had been released in November.
Of the people freed on 13 December 2025, 16 people are named here.
On 13 December 2025 Minsk freed one Nobel laureate and 122 people.
On 13 December 2025 it freed Ales Bialiatski and 122 other people.
On 11 September 2025 Ihar Losik and 51 other prisoners were pardoned.
On 11 September 2025, 40 people released by Minsk came without documents.
On 13 December 2025 Belarus did not release 1,100 prisoners.
On 13 December 2025 Lukashenko could have freed 1,000 prisoners.
On 13 December 2025 Lukashenko promised to free 1,000 people.
On 13 December 2025, 7 foreigners were freed.
Not 132 but 123 people were freed on 13 December 2025.
It was wrongly reported that 132 people were freed on 13 December 2025.
A misprint had it that on 13 December 2025 Belarus freed 132 people.
Belarus freed 132 people on 13 December 2025, a caption said by mistake.
Belarus freed 132 people on 13 December 2025. That figure was wrong.
Belarus freed 132 people on 13 December 2025? It was 123.
Suppose Belarus freed 150 people on 13 December 2025.
On 13 December 2025 Russia freed 150 prisoners of war.
On 13 December 2025, 150 prisoners were freed by Ukraine.
Counting relatives, Belarus let 140 people go on 13 December 2025.
On 13 December 2025, 120 people were freed, in round numbers.
On 13 December 2025 Belarus released 114 prisoners to Ukraine.
On 13 December 2025 Belarus released 114 prisoners. It released 9 more prisoners at another border.
On 13 December 2025, 109 political prisoners were released.
Belarus freed 100 people on 13 December 2025 and then 23.
On 13 December 2025 Belarus amnestied 2,000 prisoners.
On 13 December 2025 Belarus pardoned 90 people convicted of extremism.
On 13 December 2025 Belarus would have freed 132 people had all agreed.
Lawyers asked that on 13 December 2025 Belarus free 132 people.
On 13 December 2025, 132 people freed over the years met in Vilnius.
On 13 December 2025, 132 people were freed from their debts.
On 11 September 2025 Lukashenko pardoned 52 prisoners; 51 crossed into Lithuania.
On 11 September 2025, 50 of the prisoners crossed into Lithuania in one bus.
"""

HOW_MANY_HELD = """
It is not true that there are no political prisoners in Belarus.
The goal is that there are no political prisoners in Belarus.
In this cell in Belarus there are no political prisoners.
Among the 30 pardoned in Belarus there are no political prisoners.
Lukashenko never said that there are no political prisoners in Belarus.
Lukashenko says that in this colony there are no political prisoners.
In Belarus dozens of political prisoners serve terms in solitary.
In Belarus scores of political prisoners are ill and remain in prison.
In Belarus 20 political prisoners remain in solitary confinement.
On 13 December 2025 dozens of political prisoners of Belarus remained on the list.
At least 176 women political prisoners remain in prison in Belarus.
Of 1,135 political prisoners in Belarus, 50 political prisoners are seriously ill.
Since 2020, 4,500 political prisoners were held in Belarus.
Around 28 political prisoners in Belarus are journalists in prison.
In prison in Belarus are 30 political prisoners with disabilities.
In Belarus 30 political prisoners remain behind bars with broken health.
In Belarus 30 political prisoners are in prison hospitals.
In Belarus 28 political prisoners remain behind bars, all of them journalists.
Belarus holds 50 political prisoners in one colony.
Belarus has held 4,500 political prisoners since 2020.
Since August 2020 Belarus has had 4,500 political prisoners.
In the colony of Homel in Belarus 90 political prisoners are in prison.
In Belarus 500 political prisoners remain in prison whose terms end after 2028.
At the time of the vote of 2020 in Belarus 25 political prisoners were in prison.
Belarus does not hold 4,000 political prisoners.
It is a myth that Belarus holds 4,000 political prisoners.
In Belarus hundreds of political prisoners remain in prison.
In Belarus dozens of political prisoners are held without letters.
In Belarus scores of political prisoners remain in jail past their term.
There are 45 political prisoners in Belarus over the age of 60.
In Belarus 60 political prisoners are in custody. They are the ones awaiting trial.
In Belarus 4,000 political prisoners remain in prison. That was the claim of a leaflet.
In Belarus 30,000 prisoners are in prison.
Belarus could hold 3,000 political prisoners by 2030.
"""

WHO_WAS_FREED = """
Ales Bialiatski was not released in September but on 13 December 2025.
Valiantsin Stefanovic was reportedly released on 13 December 2025.
Several outlets wrongly named Valiantsin Stefanovic among those released on 13 December 2025.
It is not true that Valiantsin Stefanovic was released on 13 December 2025.
Valiantsin Stefanovic was not among the 123.
Ihar Losik was freed on 11 September 2025, not on 21 June.
Ihar Losik was not among the people freed on 21 June 2025.
Ihar Losik was not among those freed on 21 June 2025.
Ihar Losik, wrongly reported freed on 21 June 2025, was freed on 11 September 2025.
Ihar Losik was not freed on 21 June 2025.
On 21 June 2025 Siarhei Tsikhanouski was freed while Ihar Losik stayed.
Maria Kalesnikava was not released on 11 September 2025.
Maria Kalesnikava refused to leave on 7 September 2020.
Mikalai Statkevich was freed on 22 August 2015.
Mikalai Statkevich was not freed on 11 September 2025: he was taken back.
Mikalai Statkevich was not among those freed on 11 September 2025.
Mikalai Statkevich was released on 11 September 2025 but refused to cross.
Mikalai Statkevich was never released on 11 September 2025.
Siarhei Tsikhanouski's wife met those freed on 13 December 2025.
On 13 December 2025 Siarhei Tsikhanouski met the freed.
Ihar Losik, released in September, was among those waiting on 13 December 2025 for the released prisoners.
Among the journalists who met the freed on 13 December 2025 was Ihar Losik.
Before 13 December 2025 Ihar Losik had been freed.
Belarus freed 123 people on 13 December 2025, among them friends of Eduard Palchys.
Belarus freed 123 people, including a cellmate of Eduard Palchys, on 13 December 2025.
Belarus freed 123 people on 13 December 2025, but not Eduard Palchys.
Belarus freed 123 people on 13 December 2025; Eduard Palchys stayed.
Eduard Palchys was released from solitary on 13 December 2025.
Eduard Palchys's brother was released on 13 December 2025.
The day Eduard Palchys was freed was not 13 December 2025.
Relatives hoped that Eduard Palchys was released on 13 December 2025.
Eduard Palchys was released on 13 December 2025, a channel claimed.
Eduard Palchys was released on 13 December 2025. It was a rumour.
"""

WHICH_DAY = """
Maria Kalesnikava, whose sister Tatsiana was detained on 1 October 2021, was freed.
Maria Kalesnikava was seized on 7 September 2020 and formally charged on 16 September 2020.
Maria Kalesnikava was detained at the border on 8 September 2020.
Maria Kalesnikava was arrested on 12 September 2020, her lawyer said.
Maria Kalesnikava was moved to Homiel on 5 January 2022.
Ales Bialiatski was detained in Vilnius on 13 October 1988.
Ales Bialiatski was first arrested in 1988.
Mikalai Statkevich was arrested on 19 December 2010.
Siarhei Tsikhanouski was arrested on 6 May 2020 for 15 days.
Siarhei Tsikhanouski was arrested in December 2019.
Siarhei Tsikhanouski was released on 20 May 2020 and arrested again on 29 May 2020.
Ihar Losik's parents were detained on 4 October 2022.
Maria Kalesnikava was detained in July 2020 for an hour.
Maksim Znak was arrested in 2010.
Maksim Znak's publisher was arrested on 3 May 2023.
The officer who beat Maria Kalesnikava was arrested in March 2023.
Maria Kalesnikava was not arrested in March 2023.
It was not Maria Kalesnikava who was arrested in March 2023.
Maria Kalesnikava was detained in the yard of the colony in March 2023.
Maria Kalesnikava was said to have been arrested in March 2023.
"""

HOW_OLD = """
Maria Kalesnikava, aged 39, was sentenced to 11 years.
Maria Kalesnikava was 38 when she was seized.
The 62-year-old Ales Bialiatski was taken ill in 2025.
At 58 Ales Bialiatski was arrested.
Ales Bialiatski, then 59, was in jail.
Ales Bialiatski, 60 at the time of the verdict, was silent.
Maria Kalesnikava, 38, was thrown into a van in Minsk.
Maria Kalesnikava's sister, 47, is in Berlin.
The year is 2020. Maria Kalesnikava, 38, is the head of a campaign.
Maria Kalesnikava is not 38.
"""

# Two and more sentences, or a word that stands where a plain statement would: each tries one of the constructions.
TRAPS = """
This was the lie of the week. Ales Bialiatski is still in prison.
They would have us believe it. Maria Kalesnikava remains behind bars.
Maria Kalesnikava remains behind bars. This is untrue.
Maria Kalesnikava remains behind bars. No: she sang in Vilnius last night.
Maria Kalesnikava is in jail. Wrong, of course.
In the opera Maria Kalesnikava is in prison.
Maria Kalesnikava is in prison on page one of her book.
Maria Kalesnikava is in prison, the first act begins.
Maria Kalesnikava is in prison when the curtain rises.
“Ales Bialiatski is in prison. Write to him,” the flyer of 2022 reads.
He read the flyer aloud: “Ales Bialiatski is in prison.”
Ales Bialiatski is in prison. The flyer is from 2022.
Ales Bialiatski, 2022: he is in prison and cannot come to Oslo.
Ales Bialiatski is in prison again and again in his dreams.
Yesterday's question was whether Maksim Znak is in jail.
Maksim Znak is behind bars if you ask state radio.
Maksim Znak is behind bars - so ran the story.
Maksim Znak is in custody of his own secrets.
Maksim Znak is detained by questions at every reading.
Maksim Znak is imprisoned by fame.
Maksim Znak is held up as a model.
Uladzimir Znak remains in prison. Maksim Znak wrote of him: Znak is in prison still.
Maksim Znak has a cousin. He is still in prison.
Maksim Znak sang for a guard. He is in custody for theft.
Eduard Babaryka and Viktar Babaryka were arrested together. Babaryka remains in prison.
Viktar Babaryka came home without his son. Babaryka junior is still in prison.
Viktar Babaryka left his cell to somebody. He is in prison there now.
Viktar Babaryka or his son is in prison.
Viktar Babaryka and his son are not both in prison.
Half of the staff of Viktar Babaryka is in prison.
The case against Viktar Babaryka is still in custody of the archive.
On the list of those in prison, Viktar Babaryka is missing.
Gone are the days when Maria Kalesnikava is in prison.
Maria Kalesnikava is free, and her sister is out of custody too.
Maria Kalesnikava said her friend spent 1,808 days in custody.
Maria Kalesnikava met a man. He spent 1,808 days in custody.
Maria Kalesnikava read of a woman. She spent 1,700 days in prison.
The pianist and Maria Kalesnikava spent 1,808 days in prison between them.
Maria Kalesnikava and Maksim Znak together spent 3,844 days in prison.
Maria Kalesnikava spent 1,808 days in prison, by the 19 August 2025 tally.
On 19 August 2025 Maria Kalesnikava had spent 1,807 days in prison.
Had it ended in August, Maria Kalesnikava would have spent 1,808 days in prison.
Maria Kalesnikava spent 1,700 days in prison and 223 in a hospital ward.
Maria Kalesnikava spent 1,808 days in custody. That is the number a machine made up.
Someone wrote: Maria Kalesnikava spent 1,808 days in custody.
"Maria Kalesnikava spent 1,808 days in custody," a bad translation has it.
Maria Kalesnikava's namesake was released after 1,808 days in prison.
The guard of Maria Kalesnikava was released after 1,808 days in prison.
Maria Kalesnikava was released after 1,808 days in prison from the list of the forgotten.
Maria Kalesnikava was released from isolation after 1,500 days in prison.
Ales Bialiatski was convicted of smuggling. He was sentenced to 10 years.
Ales Bialiatski saw a man condemned. He was sentenced to 15 years in prison.
Maksim Znak was sentenced to 15 years in prison, in a dream he had.
Maksim Znak was sentenced to 12 years in prison. So the paper had it, and took it back.
Maksim Znak was sentenced to 14 years in prison by a play put on in Warsaw.
Maksim Znak was sentenced to nine years after the amnesty is counted.
A court sentenced Maksim Znak's neighbour to 14 years in a colony.
A court sentenced Maksim Znak to 10 years and a third man to 14 years.
On 13 December 2025 Ukraine freed nobody. On 13 December 2025, 132 people were freed.... from a hoax.
In Kyiv the same day a swap with Russia was made. On 13 December 2025, 150 prisoners were freed.
A swap between Russia and Ukraine took place on 13 December 2025, when 150 prisoners were freed.
The largest release ever of cranes took place on 13 December 2025, when 150 birds were freed.
An agency first wrote this: Belarus freed 132 people on 13 December 2025.
It was a rumour. Belarus freed 132 people on 13 December 2025.
Belarus freed 132 people on 13 December 2025. So ran the first, wrong telegram.
Belarus freed 132 people on 13 December 2025 in a draft of the statement.
Belarus freed 97 people on 13 December 2025. It freed 26 others an hour later.
Belarus freed 130 people on 13 December 2025, give or take.
Lukashenko freed 132 people on 13 December 2025, his press office wrote, and then put it right.
Lukashenko pardoned 132 people on 13 December 2025, or so it was said.
Lukashenko's aide freed 132 doves on 13 December 2025.
On 13 December 2025 Minsk freed 132 people in all since the summer.
On 13 December 2025, 132 people were freed by all courts of the land.
All 123 people crossed the border; 9 prisoners crossed into Lithuania.
Belarus freed 123 people on 13 December 2025, among them a friend to Eduard Palchys.
Belarus freed 123 people, among them the judge of Eduard Palchys, on 13 December 2025.
Belarus pardoned 123 people, among them Eduard Palchys' cellmates, on 13 December 2025.
Eduard Palchys was released on 13 December 2025 into the yard of the colony.
Eduard Palchys was let go on 13 December 2025 by his publisher.
Maria Kalesnikava was not among those freed on 13 December 2025 without a passport.
Maria Kalesnikava was not among those freed on 13 December 2025 to Lithuania.
Maria Kalesnikava was not one of the people freed on 13 December 2025 by the Ukrainian side.
Maria Kalesnikava was arrested in March 2023 by the guards of her own colony.
Maria Kalesnikava's brother-in-law was arrested in March 2023.
A poster of Maria Kalesnikava was detained in March 2023.
Maria Kalesnikava, 38, is in the van. So begins a report of 2020.
Maria Kalesnikava is 38. The passport photo shows it.
Ales Bialiatski won the Nobel Peace Prize in 2022, not in 2021.
Ales Bialiatski did not win the Nobel Peace Prize in 2021.
Ales Bialiatski was put forward for the Nobel Peace Prize in 2021.
Ales Bialiatski could have won the Nobel Peace Prize in 2014.
Ales Bialiatski's friends won the Nobel Peace Prize in 2022 with him.
Dmitry Muratov, unlike Ales Bialiatski, won the Nobel Peace Prize in 2021.
"""

RELIEF = """
The United States lifted sanctions on Belarusian potash on 13 December 2025.
Washington has lifted sanctions on potash.
The US lifted sanctions on potash in words, and licensed dealings with it in law.
The US has not lifted sanctions on Belarusian potash in law.
The US could have lifted sanctions on Belarus, and it did not.
The EU lifted no sanctions on Belarusian potash.
The EU lifted sanctions on a Belarusian bank.
The EU lifted some sanctions on Belarus.
The EU lifted sanctions on Belarusian potash, a state paper claimed.
Had the EU lifted sanctions on potash, more would have been freed.
Minsk wants the EU to say that it lifted sanctions on potash.
The US lifted sanctions on Belarus for a part of its trade.
The US lifted all sanctions on the daughter of a minister.
The US lifted all sanctions on three Belarusian judges.
A book says that the US lifted all sanctions on Belarus.
OFAC delisted Belaruskali on 19 March 2026.
OFAC delisted a Belarusian bank on 15 December 2025.
In exchange for the release of 123 prisoners the United States lifted sanctions on potash.
In exchange for the release of 123 prisoners the United States lifted sanctions on potash and the EU thanked it.
In exchange for nothing the EU lifted no sanctions.
In exchange for the release of 123 prisoners the EU may have lifted sanctions on potash.
Had it been in exchange for the release of 123 prisoners, the EU would have lifted sanctions on potash.
Lukashenko has been in power since 1994.
Lukashenko has ruled Belarus for 31 years.
Lukashenko has been president for three decades.
Lukashenko has ruled the country for one year of his seventh term.
Lukashenko has been in power since 2001, wrote a pupil who knew no better.
Lukashenko was serving his sixth term when the talks began.
Lukashenko has been honorary president of a club since 2007.
Nobody was freed in Minsk on 14 December 2025.
"""

TRUE = [
    *((SPRING, s) for s in RELIEF.strip().split("\n")),
    *((EVE, s) for s in RELIEF.strip().split("\n")),
    *((EVE, s) for s in TRAPS.strip().split("\n")),
    *((EVE, s) for part in (WHO_IS_INSIDE, HOW_LONG, WHAT_SENTENCE, HOW_MANY_FREED, WHO_WAS_FREED, WHICH_DAY, HOW_OLD) for s in part.strip().split("\n")),
    *((date(2025, 12, 23), s) for s in HOW_MANY_HELD.strip().split("\n")),
    *((SPRING, s) for part in (WHO_IS_INSIDE_LATER, HOW_MANY_FREED, WHAT_SENTENCE) for s in part.strip().split("\n")),
]  # fmt: skip

# Plain statements that the record shows to be wrong.
FALSE = [
    (EVE, "On 13 December 2025 Belarus released 132 prisoners.", "count_released"),
    (EVE, "On 13 December 2025, 132 people were freed.", "count_released"),
    (EVE, "Belarus freed 132 people on 13 December 2025.", "count_released"),
    (EVE, "Lukashenko pardoned 132 prisoners on 13 December 2025.", "count_released"),
    (EVE, "The largest release in Belarus this year took place on 13 December 2025, when 132 people were freed.", "count_released"),
    (EVE, "On 11 September 2025 all 52 prisoners crossed into Lithuania from Belarus.", "count_released"),
    (EVE, "In Belarus, Ales Bialiatski walked out after 1,808 days in prison.", "days_held"),
    (EVE, "Maria Kalesnikava of Minsk spent 1,808 days in prison.", "days_held"),
    (EVE, "Maria Kalesnikava spent 1,808 days in custody.", "days_held"),
    (EVE, "Maria Kalesnikava was freed after 1,808 days.", "days_held"),
    (EVE, "Maria Kalesnikava was detained on 7 September 2020 and spent 1,808 days in custody.", "days_held"),
    (EVE, "Maria Kalesnikava was among them. She was detained on 7 September 2020 and spent 1,808 days in custody.", "days_held"),
    (SPRING, "Mikalai Statkevich remains behind bars.", "status_now"),
    (SPRING, "Mikalai Statkevich is still in prison today.", "status_now"),
    (SPRING, "Mikalai Statkevich would not cross the border. He remains behind bars, forgotten by the world.", "status_now"),
    (SPRING, "Valiantsin Stefanovic of Viasna, sentenced to 9 years, is still in prison too.", "status_now"),
    (EVE, "Ales Bialiatski and Maria Kalesnikava are still in prison.", "status_now"),
    (EVE, "In Belarus, Viktar Babaryka is in jail.", "status_now"),
    (EVE, "Maria Kalesnikava was sentenced to 13 years in prison.", "sentence_length"),
    (EVE, "A court in Belarus sentenced Maria Kalesnikava to 15 years in a colony.", "sentence_length"),
    (EVE, "Maria Kalesnikava, sentenced to 14 years, was among those freed.", "sentence_length"),
    (EVE, "In Belarus, Maria Kalesnikava got 14 years.", "sentence_length"),
    (EVE, "Maria Kalesnikava, jailed for 13 years, was freed on 13 December 2025.", "sentence_length"),
    (EVE, "On 11 September 2025, 52 prisoners crossed into Lithuania from Belarus.", "count_released"),
    (EVE, "Belarus: Ales Bialiatski won the Nobel Peace Prize in 2021.", "award"),
    (EVE, "Belarus: Maria Kalesnikava, 55, is well.", "age"),
    (EVE, "Belarus freed 123 people, among them Eduard Palchys, on 13 December 2025.", "membership"),
    (EVE, "Maria Kalesnikava was not among those freed on 13 December 2025.", "membership"),
    (EVE, "Maria Kalesnikava was arrested in March 2023.", "date"),
    (EVE, "In Belarus 4,000 political prisoners remain in jail.", "count_detained"),
    (EVE, "Belarus holds 4,000 political prisoners.", "count_detained"),
    (EVE, "Lukashenko insists that there are no political prisoners in Belarus.", "count_detained"),
    (EVE, "The EU lifted its sanctions on Belarusian potash.", "sanctions_measure"),
    (EVE, "OFAC delisted Belaruskali on 15 December 2025.", "sanctions_measure"),
    (EVE, "All American sanctions on Belarus have been lifted.", "sanctions_measure"),
    (EVE, "In exchange for the release of 123 prisoners, the EU lifted sanctions on potash.", "deal"),
    (EVE, "Lukashenko has been in power since 2001.", "office_tenure"),
    (EVE, "Lukashenko has ruled Belarus for 40 years.", "office_tenure"),
]  # fmt: skip
