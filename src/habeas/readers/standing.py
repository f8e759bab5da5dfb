"""How lists print where somebody is: in custody, freed, dead; as words, for the guess of a first book."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.nouns import Means

# Each as it may fill a cell by itself. What says more or less (house arrest, pardoned, a suspended term) is not here:
# a person decides what it means.
_WORDS: Mapping[Means, str] = {
    Means.HELD: """
        held; in custody; in prison; in jail; in detention; imprisoned; detained; jailed; incarcerated; behind bars;
        under arrest; arrested; serving a sentence; prisoner;
        в заключении; под стражей; содержится под стражей; заключен; заключена; в сизо; в колонии; в тюрьме; за решеткой;
        задержан; задержана; арестован; арестована; отбывает наказание; отбывает срок; в неволе; сидит;
        у зняволенні; зняволены; зняволеная; пад вартай; у сіза; у калоніі; у турме; за кратамі; затрыманы; затрыманая;
        арыштаваны; арыштаваная; адбывае пакаранне; у няволі;
        в ув'язненні; у в'язниці; ув'язнений; ув'язнена; під вартою; у сізо; в сізо; у колонії; за ґратами; затриманий;
        затримана; заарештований; заарештована; відбуває покарання; у неволі;
        w więzieniu; w areszcie; uwięziony; uwięziona; osadzony; osadzona; za kratami; zatrzymany; zatrzymana;
        aresztowany; aresztowana; w kolonii;
        in haft; inhaftiert; im gefängnis; en prison; détenu; détenue; en prisión; detenido; detenida;
        kalinamas; kalinama; kalėjime; suimtas; suimta; sulaikytas; sulaikyta
    """,
    Means.RELEASED: """
        released; freed; free; at liberty; set free;
        освобожден; освобождена; на свободе; вышел на свободу; вышла на свободу; вышел; вышла; отпущен; отпущена; на воле;
        вызвалены; вызваленая; вызвалена; на волі; на свабодзе; выйшаў; выйшла; выйшаў на волю; выйшла на волю;
        звільнений; звільнена; звільнено; на свободі; вийшов; вийшла; вийшов на волю; вийшла на волю;
        zwolniony; zwolniona; uwolniony; uwolniona; na wolności; wypuszczony; wypuszczona;
        freigelassen; in freiheit; libéré; libérée; liberado; liberada; en libertad; paleistas; paleista; laisvėje
    """,
    Means.DIED: """
        died; dead; deceased; died in custody; died in prison;
        умер; умерла; скончался; скончалась; погиб; погибла; умер в заключении; умерла в заключении;
        памёр; памерла; загінуў; загінула; памёр у зняволенні; памерла у зняволенні;
        помер; померла; загинув; загинула;
        zmarł; zmarła; nie żyje; gestorben; verstorben; décédé; décédée; fallecido; fallecida; mirė; miręs; mirusi
    """,
    Means.RECOGNISED: """
        recognised; recognized; political prisoner; признан; признана; признан политзаключенным; признана политзаключенной;
        политзаключенный; политзаключенная; прызнаны; прызнаная; палітвязень; палітзняволены; палітзняволеная;
        визнаний; визнана; політв'язень; uznany; uznana; więzień polityczny; więźniarka polityczna
    """,
}


def _plain(text: str) -> str:
    folded = text.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")
    return " ".join(folded.split()).strip(" .,;!")


_KNOWN = {_plain(word): means for means, words in _WORDS.items() for word in words.split(";")}


def standing(printed: str) -> Means | None:
    """What a status as printed means, or None where it is not known; only a whole cell counts, never a word in it."""
    return _KNOWN.get(_plain(printed))
