<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="hi" sourcelanguage="en">
<context>
    <name>Callers</name>
    <message>
        <source>About them</source>
        <translation>परिचय</translation>
    </message>
    <message>
        <source>Add to contacts</source>
        <translation>संपर्कों में जोड़ें</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>ज़िम्मेदार</translation>
    </message>
    <message>
        <source>Both stay, and nobody is asked again</source>
        <translation>दोनों रहेंगे, और फिर कभी नहीं पूछा जाएगा</translation>
    </message>
    <message>
        <source>Company, if any</source>
        <translation>कंपनी, यदि हो</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>फ़ॉलो-अप</translation>
    </message>
    <message>
        <source>Found in the call log</source>
        <translation>कॉल लॉग में मिला</translation>
    </message>
    <message>
        <source>Looking up…</source>
        <translation>खोजा जा रहा है…</translation>
    </message>
    <message>
        <source>Make one entry of both, for everybody; you can take it back</source>
        <translation>सबके लिए दोनों को मिलाकर एक संपर्क बनाएँ; इसे वापस लिया जा सकता है</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>मिलाएँ</translation>
    </message>
    <message>
        <source>Merged.</source>
        <translation>मिला दिए गए।</translation>
    </message>
    <message>
        <source>Merged: {name}</source>
        <translation>मिला दिए गए: {name}</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>छूटी</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>नाम</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>अलग-अलग हैं</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>नोट</translation>
    </message>
    <message numerus="yes">
        <source>One of %n contact</source>
        <comment>One of %n contacts</comment>
        <translation>
            <numerusform>%n संपर्क में से एक</numerusform>
            <numerusform>%n संपर्कों में से एक</numerusform>
        </translation>
    </message>
    <message>
        <source>Same person as {name}?</source>
        <translation>क्या यह वही व्यक्ति है: {name}?</translation>
    </message>
    <message>
        <source>Save contact</source>
        <translation>संपर्क सेव करें</translation>
    </message>
    <message>
        <source>Somebody else calls</source>
        <translation>कोई और बोल रहा है</translation>
    </message>
    <message>
        <source>Talked</source>
        <translation>बात हुई</translation>
    </message>
    <message>
        <source>This is who calls; remembered for the next time</source>
        <translation>यही कॉल कर रहा है; अगली बार के लिए याद रहेगा</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>वापस लें</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>वीआईपी</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>वॉइसमेल</translation>
    </message>
    <message>
        <source>We called</source>
        <translation>हमने की</translation>
    </message>
    <message>
        <source>You spoke last</source>
        <translation>पिछली बात आपसे हुई</translation>
    </message>
    <message>
        <source>you</source>
        <translation>आप</translation>
    </message>
    <message>
        <source>{number} calls or more</source>
        <translation>{number} या अधिक कॉल</translation>
    </message>
    <message>
        <source>{one}: same person as {other}?</source>
        <translation>क्या दोनों एक ही व्यक्ति हैं: {one} और {other}?</translation>
    </message>
    <message>
        <source>{when}, overdue</source>
        <translation>{when}, समय बीत गया</translation>
    </message>
</context>
<context>
    <name>Calls</name>
    <message>
        <source>Add note</source>
        <translation>नोट जोड़ें</translation>
    </message>
    <message>
        <source>Answered by a colleague</source>
        <translation>किसी सहकर्मी ने उठाया</translation>
    </message>
    <message>
        <source>Answered by {name}</source>
        <translation>{name} ने उठाया</translation>
    </message>
    <message>
        <source>Call ended</source>
        <translation>कॉल ख़त्म हुई</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>कॉपी हो गया</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>नंबर कॉपी करें</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>कॉल काट दी</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>ठीक है</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>कॉल आ रही है</translation>
    </message>
    <message>
        <source>It’s over</source>
        <translation>कॉल ख़त्म</translation>
    </message>
    <message>
        <source>Last call</source>
        <translation>पिछली कॉल</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>छूटी हुई कॉल</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>जवाब नहीं मिला</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>नोट</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>नंबर छिपा हुआ है</translation>
    </message>
    <message>
        <source>On the call</source>
        <translation>बात हो रही है</translation>
    </message>
    <message>
        <source>Outcome still open</source>
        <translation>परिणाम बाकी है</translation>
    </message>
    <message>
        <source>Outgoing call</source>
        <translation>कॉल जा रही है</translation>
    </message>
    <message>
        <source>Saved in phone system</source>
        <translation>फ़ोन सिस्टम में सेव हुआ</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>सेव हो गया</translation>
    </message>
    <message>
        <source>It will be sent when the line is back</source>
        <translation>कनेक्शन लौटते ही अपने आप भेजा जाएगा</translation>
    </message>
    <message>
        <source>Saved on this computer</source>
        <translation>इस कंप्यूटर पर सेव है</translation>
    </message>
    <message>
        <source>Take this card off the screen; the call goes on</source>
        <translation>यह कार्ड स्क्रीन से हटाएँ; कॉल चलती रहेगी</translation>
    </message>
    <message>
        <source>The caller hides their number</source>
        <translation>कॉलर ने अपना नंबर छिपाया है</translation>
    </message>
    <message>
        <source>The end was not reported</source>
        <translation>कॉल कब ख़त्म हुई, पता नहीं</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>आज</translation>
    </message>
    <message>
        <source>Unknown caller</source>
        <translation>अज्ञात कॉलर</translation>
    </message>
    <message>
        <source>Use this when the call has ended, but the card still says that it goes on</source>
        <translation>कॉल ख़त्म हो गई हो, पर कार्ड उसे चालू दिखाए, तो इसे दबाएँ</translation>
    </message>
    <message>
        <source>Went to voicemail</source>
        <translation>वॉइसमेल में गई</translation>
    </message>
    <message>
        <source>Write while you talk; it will be there when the call ends</source>
        <translation>बात करते हुए लिखें; कॉल के बाद यह यहीं मिलेगा</translation>
    </message>
    <message numerus="yes">
        <source>and %n more missed call</source>
        <comment>and %n more missed calls</comment>
        <translation>
            <numerusform>और %n छूटी हुई कॉल</numerusform>
            <numerusform>और %n छूटी हुई कॉल</numerusform>
        </translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>अभी भेजा नहीं गया</translation>
    </message>
    <message>
        <source>talked {length}</source>
        <translation>बातचीत {length}</translation>
    </message>
    <message>
        <source>{number}nd call</source>
        <translation>कॉल नं. {number}</translation>
    </message>
    <message>
        <source>{number}rd call</source>
        <translation>कॉल नं. {number}</translation>
    </message>
    <message>
        <source>{number}st call</source>
        <translation>कॉल नं. {number}</translation>
    </message>
    <message>
        <source>{number}th call</source>
        <translation>कॉल नं. {number}</translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message numerus="yes">
        <source>%n call</source>
        <comment>%n calls</comment>
        <translation>
            <numerusform>%n कॉल</numerusform>
            <numerusform>%n कॉल</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;All calls</source>
        <translation>सभी कॉल (&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Correct outcome</source>
        <translation>परिणाम सुधारें (&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>हो गया (&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Follow-ups</source>
        <translation>फ़ॉलो-अप (&amp;F)</translation>
    </message>
    <message>
        <source>All calls</source>
        <translation>सभी कॉल</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>कॉल</translation>
    </message>
    <message>
        <source>Calls with {caller}</source>
        <translation>{caller} के साथ कॉल</translation>
    </message>
    <message>
        <source>Clear the search (Esc)</source>
        <translation>खोज मिटाएँ (Esc)</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>समय हो गया</translation>
    </message>
    <message>
        <source>Every call that you had on this computer can be found here.</source>
        <translation>इस कंप्यूटर पर हुई आपकी हर कॉल यहाँ मिल सकती है।</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>छूटी</translation>
    </message>
    <message>
        <source>Name, number, company, outcome, notes…   (Ctrl+F)</source>
        <translation>नाम, नंबर, कंपनी, परिणाम, नोट…   (Ctrl+F)</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>अभी कोई कॉल नहीं</translation>
    </message>
    <message>
        <source>No outcomes yet today</source>
        <translation>आज अभी कोई परिणाम नहीं</translation>
    </message>
    <message>
        <source>No such call</source>
        <translation>ऐसी कोई कॉल नहीं</translation>
    </message>
    <message>
        <source>Nothing promised</source>
        <translation>कोई फ़ॉलो-अप बाकी नहीं</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>अन्य</translation>
    </message>
    <message>
        <source>Outcomes today</source>
        <translation>आज के परिणाम</translation>
    </message>
    <message>
        <source>Promised follow-ups</source>
        <translation>तय फ़ॉलो-अप</translation>
    </message>
    <message>
        <source>Search in all calls</source>
        <translation>सभी कॉल में खोजें</translation>
    </message>
    <message>
        <source>Show all callers</source>
        <translation>सभी कॉलर दिखाएँ</translation>
    </message>
    <message>
        <source>Talk time</source>
        <translation>बातचीत</translation>
    </message>
    <message>
        <source>This caller’s ca&amp;lls</source>
        <translation>इस कॉलर की कॉल (&amp;L)</translation>
    </message>
    <message>
        <source>This computer remembers your calls of a year. Try a part of the name, the number or the notes.</source>
        <translation>इस कंप्यूटर को आपकी एक साल की कॉल याद हैं। नाम, नंबर या नोट का कोई हिस्सा लिखकर देखें।</translation>
    </message>
    <message>
        <source>To&amp;morrow</source>
        <translation>कल (&amp;M)</translation>
    </message>
    <message>
        <source>Toda&amp;y</source>
        <translation>आज (&amp;Y)</translation>
    </message>
    <message>
        <source>Today’s calls</source>
        <translation>आज की कॉल</translation>
    </message>
    <message>
        <source>When you promise to call back, it is listed here, and a card reminds you at its time.</source>
        <translation>जब आप वापस कॉल करने का समय तय करेंगे, वह यहाँ दिखेगा, और समय पर कार्ड याद दिलाएगा।</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>कॉल के बाद</translation>
    </message>
    <message>
        <source>{calls} or more</source>
        <translation>{calls} या अधिक</translation>
    </message>
    <message>
        <source>{label} (by itself)</source>
        <translation>{label} (अपने आप)</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>As on this computer</source>
        <translation>इस कंप्यूटर के अनुसार</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message numerus="yes">
        <source>%n outcome still open</source>
        <comment>%n outcomes still open</comment>
        <translation>
            <numerusform>%n परिणाम बाकी है</numerusform>
            <numerusform>%n परिणाम बाकी हैं</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n outcome was refused</source>
        <comment>%n outcomes were refused</comment>
        <translation>
            <numerusform>%n परिणाम नामंज़ूर हुआ</numerusform>
            <numerusform>%n परिणाम नामंज़ूर हुए</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n saved outcome waits to be sent</source>
        <comment>%n saved outcomes wait to be sent</comment>
        <translation>
            <numerusform>सेव किया %n परिणाम भेजना बाकी है</numerusform>
            <numerusform>सेव किए %n परिणाम भेजने बाकी हैं</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Retry now</source>
        <translation>फिर कोशिश करें (&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Use this one</source>
        <translation>यहाँ इस्तेमाल करें (&amp;U)</translation>
    </message>
    <message>
        <source>Another window of this computer took over your calls.</source>
        <translation>इस कंप्यूटर की दूसरी विंडो ने आपकी कॉल ले ली हैं।</translation>
    </message>
    <message>
        <source>CTI Desktop</source>
        <translation>CTI Desktop</translation>
    </message>
    <message>
        <source>Calls appear here as they ring</source>
        <translation>फ़ोन बजते ही कॉल यहाँ दिखेगी</translation>
    </message>
    <message>
        <source>Catching up</source>
        <translation>अपडेट हो रहा है</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>कनेक्टेड</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>कनेक्ट हो रहा है…</translation>
    </message>
    <message>
        <source>Fetching what happened while you were away</source>
        <translation>इस बीच जो हुआ, उसकी जानकारी आ रही है</translation>
    </message>
    <message>
        <source>In use elsewhere</source>
        <translation>कहीं और इस्तेमाल में</translation>
    </message>
    <message>
        <source>No secure connection could be made. Ask IT.</source>
        <translation>सुरक्षित कनेक्शन नहीं बन सका। IT से पूछें।</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>ऑफ़लाइन</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>फिर से कनेक्ट हो रहा है</translation>
    </message>
    <message>
        <source>Sign in to see your calls</source>
        <translation>अपनी कॉल देखने के लिए साइन इन करें</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>साइन आउट</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>साइन इन हो रहा है…</translation>
    </message>
    <message>
        <source>Somebody else answers in the relay’s place, so nothing is sent. Does this network want you to log in? Open any page in your browser; else check the address, and ask IT.</source>
        <translation>रिले की जगह कोई और जवाब दे रहा है, इसलिए कुछ नहीं भेजा जा रहा। क्या यह नेटवर्क लॉग-इन माँगता है? ब्राउज़र में कोई भी पेज खोलें; नहीं तो पता जाँचें और IT से पूछें।</translation>
    </message>
    <message>
        <source>Something else answers in the relay’s place. Does this network ask you to log in?</source>
        <translation>रिले की जगह कोई और जवाब दे रहा है। क्या यह नेटवर्क लॉग इन माँगता है?</translation>
    </message>
    <message>
        <source>The relay’s certificate is not trusted, so nothing is sent. Does this network want you to log in? Open any page in your browser; else ask IT.</source>
        <translation>रिले के सर्टिफ़िकेट पर भरोसा नहीं है, इसलिए कुछ नहीं भेजा जा रहा। क्या यह नेटवर्क लॉग-इन माँगता है? ब्राउज़र में कोई भी पेज खोलें; नहीं तो IT से पूछें।</translation>
    </message>
    <message>
        <source>The relay’s name is not found. Is this computer on the network, and its VPN on?</source>
        <translation>रिले का नाम नहीं मिल रहा। क्या यह कंप्यूटर नेटवर्क पर है, और उसका VPN चालू है?</translation>
    </message>
    <message>
        <source>The certificate is not your company’s. Something between here and the relay may be listening, so nothing is sent. Tell IT.</source>
        <translation>सर्टिफ़िकेट आपकी कंपनी का नहीं है। हो सकता है बीच में कोई सुन रहा हो, इसलिए कुछ नहीं भेजा जा रहा। IT को बताएँ।</translation>
    </message>
    <message>
        <source>Signing out…</source>
        <translation>साइन आउट हो रहा है…</translation>
    </message>
    <message>
        <source>The connection broke.</source>
        <translation>कनेक्शन टूट गया।</translation>
    </message>
    <message>
        <source>The connection is too slow for the relay.</source>
        <translation>कनेक्शन रिले के लिए बहुत धीमा है।</translation>
    </message>
    <message>
        <source>The file with your company’s certificate can’t be read. Ask IT; Settings name it.</source>
        <translation>आपकी कंपनी के सर्टिफ़िकेट की फ़ाइल पढ़ी नहीं जा रही। IT से पूछें; फ़ाइल का नाम सेटिंग में है।</translation>
    </message>
    <message>
        <source>The proxy of this network does not answer. If you are in another network now, write “none” for the proxy in Settings; else ask IT.</source>
        <translation>इस नेटवर्क का प्रॉक्सी जवाब नहीं दे रहा। अगर आप अब किसी दूसरे नेटवर्क में हैं, तो सेटिंग में प्रॉक्सी की जगह “none” लिखें; नहीं तो IT से पूछें।</translation>
    </message>
    <message>
        <source>The proxy of this network refuses. Ask IT, or set another one in Settings.</source>
        <translation>इस नेटवर्क का प्रॉक्सी अनुमति नहीं दे रहा। IT से पूछें, या सेटिंग में दूसरा प्रॉक्सी चुनें।</translation>
    </message>
    <message>
        <source>The proxy of this network wants a user name. Ask IT to let the relay pass.</source>
        <translation>इस नेटवर्क का प्रॉक्सी यूज़र नाम माँगता है। IT से कहें कि रिले को इसके बिना जाने दे।</translation>
    </message>
    <message>
        <source>The proxy that is set can’t be used. Write it in Settings like http://host:port, or “none”; ask IT.</source>
        <translation>जो प्रॉक्सी लिखा है, वह काम नहीं आ सकता। सेटिंग में उसे http://host:port की तरह लिखें, या “none”; IT से पूछें।</translation>
    </message>
    <message>
        <source>The relay does not answer in time.</source>
        <translation>रिले समय पर जवाब नहीं दे रहा।</translation>
    </message>
    <message>
        <source>The relay has a problem of its own. IT can see it in its log.</source>
        <translation>रिले में कोई समस्या है। IT उसके लॉग में देख सकता है।</translation>
    </message>
    <message>
        <source>The relay is not running, or its port is wrong.</source>
        <translation>रिले चल नहीं रहा, या उसका पोर्ट ग़लत है।</translation>
    </message>
    <message>
        <source>The relay is restarting. It will be back in a moment.</source>
        <translation>रिले फिर से शुरू हो रहा है। थोड़ी देर में मिल जाएगा।</translation>
    </message>
    <message>
        <source>The relay, or a firewall before it, refuses the connection. Ask IT.</source>
        <translation>रिले या उसका फ़ायरवॉल कनेक्शन नहीं ले रहा। IT से पूछें।</translation>
    </message>
    <message>
        <source>The relay’s certificate is over, or this computer’s clock is ahead. Check date and time here; if they are right, tell IT.</source>
        <translation>रिले का सर्टिफ़िकेट पुराना हो गया है, या इस कंप्यूटर की घड़ी आगे है। यहाँ तारीख़ और समय जाँचें; वे सही हों तो IT को बताएँ।</translation>
    </message>
    <message>
        <source>The relay’s port answers without encryption. Ask IT for the right port; of a relay on this computer, write the address with http://.</source>
        <translation>रिले का यह पोर्ट बिना एन्क्रिप्शन के जवाब देता है। IT से सही पोर्ट पूछें; रिले इसी कंप्यूटर पर हो, तो पता http:// के साथ लिखें।</translation>
    </message>
    <message>
        <source>This computer has no way to the relay. Check the network or the VPN.</source>
        <translation>इस कंप्यूटर से रिले तक रास्ता नहीं है। नेटवर्क या VPN जाँचें।</translation>
    </message>
    <message>
        <source>This computer’s clock is behind: by it, the relay’s certificate is not valid yet. Set date and time.</source>
        <translation>इस कंप्यूटर की घड़ी पीछे है: उसके हिसाब से रिले का सर्टिफ़िकेट अभी मान्य नहीं है। तारीख़ और समय ठीक करें।</translation>
    </message>
    <message>
        <source>This computer’s clock is {span} ahead. Calls are timed right; set the clock.</source>
        <translation>इस कंप्यूटर की घड़ी {span} आगे है। कॉल का समय सही है; घड़ी ठीक करें।</translation>
    </message>
    <message>
        <source>This computer’s clock is {span} behind. Calls are timed right; set the clock.</source>
        <translation>इस कंप्यूटर की घड़ी {span} पीछे है। कॉल का समय सही है; घड़ी ठीक करें।</translation>
    </message>
    <message>
        <source>This network wants you to log in first. Open any page in your browser and do so.</source>
        <translation>यह नेटवर्क पहले लॉग इन माँगता है। ब्राउज़र में कोई भी पेज खोलकर लॉग इन करें।</translation>
    </message>
    <message>
        <source>This program and the relay don’t understand each other. Ask IT for an update.</source>
        <translation>यह प्रोग्राम और रिले एक-दूसरे को समझ नहीं पा रहे। IT से अपडेट माँगें।</translation>
    </message>
    <message>
        <source>What you save is kept and sent later.</source>
        <translation>आप जो सेव करेंगे, वह यहीं रहेगा और बाद में भेजा जाएगा।</translation>
    </message>
    <message>
        <source>for {span}</source>
        <translation>{span} से</translation>
    </message>
    <message>
        <source>next try {until}</source>
        <translation>अगली कोशिश {until}</translation>
    </message>
    <message>
        <source>trying now</source>
        <translation>अभी कोशिश हो रही है</translation>
    </message>
    <message>
        <source>{text}.</source>
        <translation>{text}।</translation>
    </message>
    <message>
        <source>{waiting}; nothing is lost.</source>
        <translation>{waiting}; कुछ खोया नहीं है।</translation>
    </message>
</context>
<context>
    <name>Pops</name>
    <message numerus="yes">
        <source>%n pop</source>
        <comment>%n pops</comment>
        <translation>
            <numerusform>%n पॉप</numerusform>
            <numerusform>%n पॉप</numerusform>
        </translation>
    </message>
    <message>
        <source>Calls will look like this, in this place</source>
        <translation>कॉल ऐसी ही दिखेंगी, इसी जगह</translation>
    </message>
    <message>
        <source>Keep this card no longer</source>
        <translation>इस कार्ड को स्क्रीन पर न रखें</translation>
    </message>
    <message>
        <source>Keep this card on the screen</source>
        <translation>इस कार्ड को स्क्रीन पर रखें</translation>
    </message>
    <message>
        <source>Make this card small</source>
        <translation>यह कार्ड छोटा करें</translation>
    </message>
    <message>
        <source>No answer from the relay in 5 seconds. Ask IT.</source>
        <translation>रिले से 5 सेकंड में जवाब नहीं आया। IT से पूछें।</translation>
    </message>
    <message>
        <source>Not tried: there is no connection just now</source>
        <translation>कोशिश नहीं हुई: अभी कनेक्शन नहीं है</translation>
    </message>
    <message>
        <source>Open in the CRM</source>
        <translation>CRM में खोलें</translation>
    </message>
    <message>
        <source>Show the newest card</source>
        <translation>सबसे नया कार्ड दिखाएँ</translation>
    </message>
    <message>
        <source>Show the whole card</source>
        <translation>पूरा कार्ड दिखाएँ</translation>
    </message>
    <message>
        <source>Test pop</source>
        <translation>टेस्ट पॉप</translation>
    </message>
    <message>
        <source>The news came late</source>
        <translation>जानकारी देर से आई</translation>
    </message>
    <message>
        <source>This is no call</source>
        <translation>यह कोई कॉल नहीं है</translation>
    </message>
    <message>
        <source>To the relay and back</source>
        <translation>रिले तक और वापस</translation>
    </message>
    <message>
        <source>Today, since the start</source>
        <translation>आज, शुरू होने के बाद से</translation>
    </message>
    <message>
        <source>You missed this call</source>
        <translation>यह कॉल आपसे छूट गई</translation>
    </message>
    <message>
        <source>{number}&#xa0;ms</source>
        <translation>{number}&#xa0;ms</translation>
    </message>
    <message>
        <source>{number}&#xa0;s</source>
        <translation>{number}&#xa0;सेकंड</translation>
    </message>
    <message>
        <source>{pops}, {middle}</source>
        <translation>{pops}, {middle}</translation>
    </message>
    <message>
        <source>{pops}, {middle}; at most {slow}</source>
        <translation>{pops}, {middle}; ज़्यादा से ज़्यादा {slow}</translation>
    </message>
    <message>
        <source>{pops}, {middle}; at most {slow} for 19 of 20</source>
        <translation>{pops}, {middle}; 20 में से 19 बार {slow} तक</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Address of the CRM</source>
        <translation>CRM का पता</translation>
    </message>
    <message>
        <source>Another program has this shortcut. Choose another one.</source>
        <translation>यह शॉर्टकट किसी और प्रोग्राम का है। दूसरा चुनें।</translation>
    </message>
    <message>
        <source>As the phone rings</source>
        <translation>फ़ोन बजते ही</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>सिस्टम के अनुसार</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>नीचे बाएँ</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>नीचे दाएँ</translation>
    </message>
    <message>
        <source>If by itself: once for a call, without taking the keyboard</source>
        <translation>अपने आप खुले, तो हर कॉल पर एक बार, कीबोर्ड लिए बिना</translation>
    </message>
    <message>
        <source>Calls come as small pills, without sound. Nothing is lost.</source>
        <translation>कॉल छोटी पट्टी में, बिना आवाज़ आती हैं। कुछ खोता नहीं।</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>कार्ड</translation>
    </message>
    <message>
        <source>Cards fade as they go</source>
        <translation>जाते हुए कार्ड धीरे-धीरे मिटें</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>सर्टिफ़िकेट अथॉरिटी</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>चुनें…</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>कनेक्शन</translation>
    </message>
    <message>
        <source>Corner</source>
        <translation>कोना</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>डिवाइस</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>परेशान न करें</translation>
    </message>
    <message>
        <source>Don’t look for them</source>
        <translation>न खोजें</translation>
    </message>
    <message>
        <source>Every change counts at once.</source>
        <translation>हर बदलाव तुरंत लागू होता है।</translation>
    </message>
    <message>
        <source>Fixed by your IT</source>
        <translation>आपके IT ने तय किया है</translation>
    </message>
    <message>
        <source>From any program; with Ctrl, Alt or the Windows key, such as Ctrl+Alt+Space</source>
        <translation>किसी भी प्रोग्राम से; Ctrl, Alt या Windows कुंजी के साथ, जैसे Ctrl+Alt+Space</translation>
    </message>
    <message>
        <source>Hide who calls whenever the screen is shared</source>
        <translation>स्क्रीन शेयर होने पर कॉलर को अपने आप छिपाएँ</translation>
    </message>
    <message>
        <source>Hide who calls</source>
        <translation>कॉलर को छिपाएँ</translation>
    </message>
    <message>
        <source>Initials and three digits only, while you share your screen</source>
        <translation>स्क्रीन शेयर करते समय सिर्फ़ नाम के पहले अक्षर और तीन अंक</translation>
    </message>
    <message>
        <source>It must begin with https:// and a fixed host, with blanks such as {number} behind it.</source>
        <translation>यह https:// और एक तय होस्ट से शुरू होना चाहिए, और उसके बाद {number} जैसी जगहें हों।</translation>
    </message>
    <message>
        <source>Keyboard and privacy</source>
        <translation>कीबोर्ड और गोपनीयता</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>भाषा</translation>
    </message>
    <message>
        <source>Last digits in titles and announcements</source>
        <translation>टाइटल और घोषणाओं में नंबर के आख़िरी अंक</translation>
    </message>
    <message>
        <source>Make it small after</source>
        <translation>इतनी देर बाद छोटा करें</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>कभी नहीं</translation>
    </message>
    <message>
        <source>Never by itself</source>
        <translation>अपने आप कभी नहीं</translation>
    </message>
    <message>
        <source>Newer versions</source>
        <translation>नए वर्शन</translation>
    </message>
    <message>
        <source>None</source>
        <translation>कोई नहीं</translation>
    </message>
    <message>
        <source>Off: task switchers and screen readers get the name only</source>
        <translation>बंद हो, तो टास्क स्विचर और स्क्रीन रीडर को सिर्फ़ नाम मिलता है</translation>
    </message>
    <message>
        <source>Once I answer</source>
        <translation>मेरे फ़ोन उठाने पर</translation>
    </message>
    <message>
        <source>Only when I open it</source>
        <translation>सिर्फ़ मेरे खोलने पर</translation>
    </message>
    <message>
        <source>Open the caller’s page</source>
        <translation>कॉलर का पेज खोलें</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>जगह</translation>
    </message>
    <message>
        <source>Play a sound when it rings</source>
        <translation>घंटी पर आवाज़ बजाएँ</translation>
    </message>
    <message>
        <source>Private while your screen is shared</source>
        <translation>निजी: आपकी स्क्रीन शेयर हो रही है</translation>
    </message>
    <message>
        <source>Private: you hid who calls</source>
        <translation>निजी: आपने कॉलर को छिपाया है</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>प्रोग्राम</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>प्रॉक्सी</translation>
    </message>
    <message>
        <source>Relay</source>
        <translation>रिले</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>स्क्रीन</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>सेटिंग (&amp;S)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>सेटिंग</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>सेटिंग…</translation>
    </message>
    <message>
        <source>Shortcut to hide who calls</source>
        <translation>कॉलर छिपाने का शॉर्टकट</translation>
    </message>
    <message>
        <source>Shortcut to the newest card</source>
        <translation>सबसे नए कार्ड का शॉर्टकट</translation>
    </message>
    <message>
        <source>Show a &amp;test pop</source>
        <translation>टेस्ट पॉप दिखाएँ (&amp;T)</translation>
    </message>
    <message>
        <source>Show a card</source>
        <translation>कार्ड दिखाएँ</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>आवाज़</translation>
    </message>
    <message>
        <source>Sound file</source>
        <translation>आवाज़ की फ़ाइल</translation>
    </message>
    <message>
        <source>Start when I log in</source>
        <translation>मेरे लॉग इन करते ही शुरू करें</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>मुझे बताएँ</translation>
    </message>
    <message>
        <source>Tell me, and fetch them</source>
        <translation>बताएँ और डाउनलोड करें</translation>
    </message>
    <message>
        <source>The one that came along (WAV)</source>
        <translation>साथ मिली फ़ाइल (WAV)</translation>
    </message>
    <message>
        <source>This is no shortcut. Write one like Ctrl+Alt+Space.</source>
        <translation>यह शॉर्टकट नहीं है। Ctrl+Alt+Space जैसा लिखें।</translation>
    </message>
    <message>
        <source>This system lets no program have a shortcut of its own. Use the tray’s menu.</source>
        <translation>यह सिस्टम किसी प्रोग्राम को अपना शॉर्टकट नहीं देता। ट्रे का मेनू इस्तेमाल करें।</translation>
    </message>
    <message>
        <source>Those of the system</source>
        <translation>सिस्टम वाले</translation>
    </message>
    <message>
        <source>Today, since the start: {figures}</source>
        <translation>आज, शुरू होने के बाद से: {figures}</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>ऊपर बाएँ</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>ऊपर दाएँ</translation>
    </message>
    <message>
        <source>Versions, settings and the log, without names or numbers of callers</source>
        <translation>वर्शन, सेटिंग और लॉग, कॉलर के नाम या नंबर के बिना</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>वॉल्यूम</translation>
    </message>
    <message>
        <source>When I click</source>
        <translation>जब मैं क्लिक करूँ</translation>
    </message>
    <message>
        <source>Where I work</source>
        <translation>जहाँ मैं काम करूँ</translation>
    </message>
    <message>
        <source>Where the pointer is</source>
        <translation>जहाँ पॉइंटर हो</translation>
    </message>
    <message>
        <source>Where the system tells: a cast or mirrored screen, not every meeting</source>
        <translation>जहाँ सिस्टम बताता है: कास्ट या मिरर की गई स्क्रीन, हर मीटिंग नहीं</translation>
    </message>
    <message>
        <source>Write a file for &amp;IT</source>
        <translation>IT के लिए फ़ाइल बनाएँ (&amp;I)</translation>
    </message>
    <message>
        <source>Your screen is shared, and who calls can be seen</source>
        <translation>आपकी स्क्रीन शेयर हो रही है, और कॉलर दिख रहे हैं</translation>
    </message>
    <message>
        <source>http://host:port, or none to connect directly</source>
        <translation>http://host:port, या सीधे जुड़ने के लिए none</translation>
    </message>
    <message>
        <source>{name} (not connected)</source>
        <translation>{name} (जुड़ी नहीं)</translation>
    </message>
</context>
<context>
    <name>Prompts</name>
    <message>
        <source>Add a minute (Alt+M)</source>
        <translation>एक मिनट जोड़ें (Alt+M)</translation>
    </message>
    <message>
        <source>Agree on a time to call back (Alt+F)</source>
        <translation>वापस कॉल करने का समय तय करें (Alt+F)</translation>
    </message>
    <message>
        <source>Ask again…</source>
        <translation>फिर पूछें…</translation>
    </message>
    <message>
        <source>Change nothing; what was saved stays (Esc)</source>
        <translation>कुछ न बदलें; जो सेव था वही रहेगा (Esc)</translation>
    </message>
    <message>
        <source>Choose a reason, too.</source>
        <translation>कारण भी चुनें।</translation>
    </message>
    <message>
        <source>Choose how it went.</source>
        <translation>चुनें कि बात कैसी रही।</translation>
    </message>
    <message>
        <source>Choose this again (Alt+{number})</source>
        <translation>इसे फिर चुनें (Alt+{number})</translation>
    </message>
    <message>
        <source>Choose when to be asked again (Alt+L)</source>
        <translation>चुनें कि कब फिर पूछा जाए (Alt+L)</translation>
    </message>
    <message>
        <source>Correct the outcome</source>
        <translation>परिणाम सुधारें</translation>
    </message>
    <message>
        <source>Don’t send it</source>
        <translation>न भेजें</translation>
    </message>
    <message>
        <source>Find an outcome</source>
        <translation>परिणाम खोजें</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>फ़ॉलो-अप</translation>
    </message>
    <message>
        <source>Follow-up (needed)</source>
        <translation>फ़ॉलो-अप (ज़रूरी)</translation>
    </message>
    <message>
        <source>How did it go?</source>
        <translation>बात कैसी रही?</translation>
    </message>
    <message numerus="yes">
        <source>In %n minute</source>
        <comment>In %n minutes</comment>
        <translation>
            <numerusform>%n मिनट में</numerusform>
            <numerusform>%n मिनट में</numerusform>
        </translation>
    </message>
    <message>
        <source>In 1 hour</source>
        <translation>1 घंटे में</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>इनकमिंग</translation>
    </message>
    <message>
        <source>It is too late to correct this outcome. Press Later to keep what was saved.</source>
        <translation>यह परिणाम सुधारने का समय निकल गया। जो सेव है, उसे रखने के लिए “बाद में” दबाएँ।</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>रहने दें</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>हाल में चुने</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>बाद में</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>और समय</translation>
    </message>
    <message>
        <source>No follow-up</source>
        <translation>फ़ॉलो-अप नहीं</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>नोट</translation>
    </message>
    <message>
        <source>Notes (needed)</source>
        <translation>नोट (ज़रूरी)</translation>
    </message>
    <message>
        <source>This time is not understood. Write it like: tomorrow 10, or in 45m.</source>
        <translation>यह समय समझ में नहीं आया। ऐसे लिखें: कल 10, या 45 मिनट में।</translation>
    </message>
    <message>
        <source>{keys} saves</source>
        <translation>{keys} से सेव करें</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>परिणाम</translation>
    </message>
    <message>
        <source>No outcome has this in its name. Enter puts it into the notes, Esc drops it.</source>
        <translation>किसी परिणाम के नाम में यह नहीं है। Enter इसे नोट में लिखता है, Esc इसे हटाता है।</translation>
    </message>
    <message>
        <source>Not saved yet: Enter takes the first of these outcomes, Esc leaves the search.</source>
        <translation>अभी सेव नहीं हुआ: Enter इनमें से पहला परिणाम चुनता है, Esc खोज छोड़ता है।</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>आउटगोइंग</translation>
    </message>
    <message>
        <source>Please check this.</source>
        <translation>कृपया इसे जाँचें।</translation>
    </message>
    <message>
        <source>Promise a follow-up</source>
        <translation>फ़ॉलो-अप तय करें</translation>
    </message>
    <message>
        <source>Put aside in {left}</source>
        <translation>{left} में अलग रखा जाएगा</translation>
    </message>
    <message>
        <source>Put it aside; it stays in your To do list (Esc)</source>
        <translation>अभी अलग रखें; “करने हैं” सूची में रहेगा (Esc)</translation>
    </message>
    <message>
        <source>Put it aside; your team asks for it again after 5 minutes (Esc)</source>
        <translation>अभी अलग रखें; आपकी टीम 5 मिनट बाद फिर पूछेगी (Esc)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>कारण</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>सेव करें</translation>
    </message>
    <message>
        <source>Save (Ctrl+Enter)</source>
        <translation>सेव करें (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Saves “{label}” in {left}</source>
        <translation>{left} में “{label}” सेव हो जाएगा</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>सेव हो रहा है…</translation>
    </message>
    <message>
        <source>Say when to call back.</source>
        <translation>बताएँ कि कब वापस कॉल करनी है।</translation>
    </message>
    <message>
        <source>The note is too long. Shorten it to {number} characters.</source>
        <translation>नोट बहुत लंबा है। इसे {number} अक्षरों तक छोटा करें।</translation>
    </message>
    <message>
        <source>The relay did not take this. Please check it.</source>
        <translation>रिले ने इसे नहीं लिया। कृपया जाँचें।</translation>
    </message>
    <message>
        <source>The relay did not take this: {reason}</source>
        <translation>रिले ने इसे नहीं लिया: {reason}</translation>
    </message>
    <message>
        <source>This outcome is no longer offered. Choose another one.</source>
        <translation>यह परिणाम अब उपलब्ध नहीं है। दूसरा चुनें।</translation>
    </message>
    <message>
        <source>This outcome needs a note. A few words are enough.</source>
        <translation>इस परिणाम के लिए नोट चाहिए। कुछ शब्द काफ़ी हैं।</translation>
    </message>
    <message>
        <source>This reason doesn’t belong to the outcome. Choose another one.</source>
        <translation>यह कारण इस परिणाम का नहीं है। दूसरा चुनें।</translation>
    </message>
    <message>
        <source>This time is over. Choose a later one.</source>
        <translation>यह समय बीत चुका है। आगे का समय चुनें।</translation>
    </message>
    <message>
        <source>Throw this outcome away; the relay never gets it</source>
        <translation>यह परिणाम हटा दें; रिले को कभी नहीं मिलेगा</translation>
    </message>
    <message>
        <source>Time of the follow-up</source>
        <translation>फ़ॉलो-अप का समय</translation>
    </message>
    <message>
        <source>Today {clock}</source>
        <translation>आज {clock}</translation>
    </message>
    <message>
        <source>Tomorrow {clock}</source>
        <translation>कल {clock}</translation>
    </message>
    <message>
        <source>Turn to the next call that waits for its outcome (Alt+Down)</source>
        <translation>अगली कॉल पर जाएँ जिसका परिणाम बाकी है (Alt+Down)</translation>
    </message>
    <message>
        <source>Type to find an outcome (/)</source>
        <translation>परिणाम खोजने के लिए लिखें (/)</translation>
    </message>
    <message>
        <source>What should the next colleague know?</source>
        <translation>अगले सहकर्मी को क्या पता होना चाहिए?</translation>
    </message>
    <message>
        <source>When I open it</source>
        <translation>जब मैं खोलूँ</translation>
    </message>
    <message>
        <source>tomorrow 10, mon 3pm, in 45m, 25/12 11:00</source>
        <translation>कल 10, सोम 3pm, 45 मिनट में, 25/12 11:00</translation>
    </message>
    <message>
        <source>{index} of {total}</source>
        <translation>{total} में से {index}</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Copy</source>
        <translation>कॉपी करें (&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>चिपकाएँ (&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>फिर से करें (&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>वापस लें (&amp;U)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>काटें (&amp;T)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>सब चुनें</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>&amp;No</source>
        <translation>नहीं (&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>हाँ (&amp;Y)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>ठीक है</translation>
    </message>
</context>
<context>
    <name>QScrollBar</name>
    <message>
        <source>Bottom</source>
        <translation>सबसे नीचे</translation>
    </message>
    <message>
        <source>Page down</source>
        <translation>एक पेज नीचे</translation>
    </message>
    <message>
        <source>Page up</source>
        <translation>एक पेज ऊपर</translation>
    </message>
    <message>
        <source>Scroll down</source>
        <translation>नीचे जाएँ</translation>
    </message>
    <message>
        <source>Scroll here</source>
        <translation>यहाँ जाएँ</translation>
    </message>
    <message>
        <source>Scroll up</source>
        <translation>ऊपर जाएँ</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>सबसे ऊपर</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Copy</source>
        <translation>कॉपी करें (&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>चिपकाएँ (&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>फिर से करें (&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>वापस लें (&amp;U)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>काटें (&amp;T)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>सब चुनें</translation>
    </message>
</context>
<context>
    <name>Reminders</name>
    <message>
        <source>After</source>
        <translation>इसके बाद</translation>
    </message>
    <message>
        <source>Call back now</source>
        <translation>अब वापस कॉल करें</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>कॉपी हो गया</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>नंबर कॉपी करें</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>हो गया</translation>
    </message>
    <message>
        <source>In 10 min</source>
        <translation>10 मिनट में</translation>
    </message>
    <message>
        <source>Promised for {when}</source>
        <translation>तय समय: {when}</translation>
    </message>
    <message>
        <source>Remind me again in ten minutes (Esc)</source>
        <translation>दस मिनट बाद फिर याद दिलाएँ (Esc)</translation>
    </message>
    <message>
        <source>Remind me again: {when}</source>
        <translation>फिर याद दिलाएँ: {when}</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>कल</translation>
    </message>
    <message>
        <source>You have called, or it is no longer needed</source>
        <translation>आपने कॉल कर ली, या अब ज़रूरत नहीं</translation>
    </message>
    <message numerus="yes">
        <source>and %n more is due</source>
        <comment>and %n more are due</comment>
        <translation>
            <numerusform>और %n बाकी है</numerusform>
            <numerusform>और %n बाकी हैं</numerusform>
        </translation>
    </message>
    <message>
        <source>{span} late</source>
        <translation>{span} की देरी</translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message>
        <source>A colleague was quicker: that entry is no longer there.</source>
        <translation>कोई सहकर्मी पहले कर चुका है: वह संपर्क अब नहीं है।</translation>
    </message>
    <message>
        <source>Asking for the call…</source>
        <translation>कॉल लगवाई जा रही है…</translation>
    </message>
    <message>
        <source>Asking for the number…</source>
        <translation>नंबर पूछा जा रहा है…</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>वापस कॉल करें</translation>
    </message>
    <message>
        <source>Fetching the recording…</source>
        <translation>रिकॉर्डिंग लाई जा रही है…</translation>
    </message>
    <message>
        <source>For half a minute; it is noted that you looked (Ctrl+U)</source>
        <translation>आधे मिनट के लिए; दर्ज किया जाता है कि आपने देखा (Ctrl+U)</translation>
    </message>
    <message>
        <source>Hide number</source>
        <translation>नंबर छिपाएँ</translation>
    </message>
    <message>
        <source>No answer came in time. Try again.</source>
        <translation>समय पर जवाब नहीं आया। फिर कोशिश करें।</translation>
    </message>
    <message>
        <source>No answer came in time: your phone may ring all the same.</source>
        <translation>समय पर जवाब नहीं आया: फिर भी आपका फ़ोन बज सकता है।</translation>
    </message>
    <message>
        <source>No connection: nothing was done. Try again once you are connected.</source>
        <translation>कनेक्शन नहीं है: कुछ नहीं किया गया। कनेक्ट होने पर फिर कोशिश करें।</translation>
    </message>
    <message>
        <source>No phone of yours is known. Ask IT to enter it.</source>
        <translation>आपका कोई फ़ोन दर्ज नहीं है। IT से उसे दर्ज करने को कहें।</translation>
    </message>
    <message>
        <source>Not done: {why}</source>
        <translation>नहीं हुआ: {why}</translation>
    </message>
    <message>
        <source>Opened in your browser: {host}</source>
        <translation>आपके ब्राउज़र में खोला गया: {host}</translation>
    </message>
    <message>
        <source>Opens in your browser (Ctrl+R)</source>
        <translation>आपके ब्राउज़र में खुलेगी (Ctrl+R)</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>रिकॉर्डिंग</translation>
    </message>
    <message>
        <source>Show number</source>
        <translation>नंबर दिखाएँ</translation>
    </message>
    <message>
        <source>Shown to {who}, {when}; this was noted.</source>
        <translation>{who} को दिखाया गया, {when}; यह दर्ज हो गया।</translation>
    </message>
    <message>
        <source>The connection broke before the answer came. Try again.</source>
        <translation>जवाब आने से पहले कनेक्शन टूट गया। फिर कोशिश करें।</translation>
    </message>
    <message>
        <source>The connection broke before the answer came: your phone may ring all the same.</source>
        <translation>जवाब आने से पहले कनेक्शन टूट गया: फिर भी आपका फ़ोन बज सकता है।</translation>
    </message>
    <message>
        <source>The recording’s address is not safe to open. Tell IT.</source>
        <translation>रिकॉर्डिंग का पता खोलना सुरक्षित नहीं है। IT को बताएँ।</translation>
    </message>
    <message>
        <source>The telephone provider does not do it just now. Try again later.</source>
        <translation>टेलीफ़ोन कंपनी अभी यह नहीं कर पा रही है। बाद में फिर कोशिश करें।</translation>
    </message>
    <message>
        <source>The telephone provider refuses us. Tell IT.</source>
        <translation>टेलीफ़ोन कंपनी ने मना कर दिया। IT को बताएँ।</translation>
    </message>
    <message>
        <source>This call has no recording.</source>
        <translation>इस कॉल की कोई रिकॉर्डिंग नहीं है।</translation>
    </message>
    <message>
        <source>This call was too long ago: nothing is kept of it any more.</source>
        <translation>यह कॉल बहुत पुरानी है: इसका अब कुछ भी नहीं रखा गया है।</translation>
    </message>
    <message>
        <source>This is not set up here. Ask IT.</source>
        <translation>यह यहाँ सेट नहीं है। IT से पूछें।</translation>
    </message>
    <message>
        <source>Too much at once: wait for the answers.</source>
        <translation>एक साथ बहुत काम: जवाबों का इंतज़ार करें।</translation>
    </message>
    <message>
        <source>You had no part in this call.</source>
        <translation>इस कॉल में आप शामिल नहीं थे।</translation>
    </message>
    <message>
        <source>Your phone rings first, then the customer’s (Ctrl+B)</source>
        <translation>पहले आपका फ़ोन बजेगा, फिर ग्राहक का (Ctrl+B)</translation>
    </message>
    <message>
        <source>Your phone rings now: take it, and the customer is called.</source>
        <translation>अब आपका फ़ोन बज रहा है: उठाएँ, फिर ग्राहक को कॉल जाएगी।</translation>
    </message>
    <message>
        <source>Your team lead keeps numbers hidden.</source>
        <translation>आपके टीम लीड ने नंबर छिपा रखे हैं।</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>&amp;Enrolment code</source>
        <translation>रजिस्ट्रेशन कोड (&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Relay address</source>
        <translation>रिले का पता (&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Sign in</source>
        <translation>साइन इन करें (&amp;S)</translation>
    </message>
    <message>
        <source>Another relay needs a code of its own.</source>
        <translation>दूसरे रिले के लिए उसका अपना कोड चाहिए।</translation>
    </message>
    <message>
        <source>Ask IT.</source>
        <translation>IT से पूछें।</translation>
    </message>
    <message>
        <source>If this computer asks to unlock its keyring, look for that window.</source>
        <translation>यह कंप्यूटर कीरिंग अनलॉक करने को कहे, तो वह विंडो खोजें।</translation>
    </message>
    <message>
        <source>Install {program} (KWallet on KDE), log in to the computer again, then start again.</source>
        <translation>{program} (KDE पर KWallet) इंस्टॉल करें, कंप्यूटर में फिर लॉग इन करें, फिर शुरू करें।</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>साइन इन करें</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>साइन इन हो रहा है…</translation>
    </message>
    <message>
        <source>Signing out…</source>
        <translation>साइन आउट हो रहा है…</translation>
    </message>
    <message>
        <source>The keyring did not accept your sign-in. Ask IT.</source>
        <translation>कीरिंग ने आपका साइन-इन नहीं लिया। IT से पूछें।</translation>
    </message>
    <message>
        <source>The keyring does not answer. Does it ask behind another window?</source>
        <translation>कीरिंग जवाब नहीं दे रहा। क्या वह किसी विंडो के पीछे पूछ रहा है?</translation>
    </message>
    <message>
        <source>The keyring here would keep your sign-in in a readable file. Ask IT.</source>
        <translation>यहाँ का कीरिंग आपका साइन-इन पढ़ी जा सकने वाली फ़ाइल में रखेगा। IT से पूछें।</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it, then sign in again.</source>
        <translation>कीरिंग लॉक है। उसे अनलॉक करें, फिर दोबारा साइन इन करें।</translation>
    </message>
    <message>
        <source>The relay can’t be reached.</source>
        <translation>रिले तक पहुँचा नहीं जा सका।</translation>
    </message>
    <message>
        <source>The relay no longer accepts this device. Sign in again with a new code; what you saved is still here.</source>
        <translation>रिले अब इस डिवाइस को नहीं मानता। नए कोड से फिर साइन इन करें; आपने जो सेव किया, वह अब भी यहीं है।</translation>
    </message>
    <message>
        <source>This address is not encrypted, so nothing was sent. Use the one that begins with https://</source>
        <translation>यह पता एन्क्रिप्टेड नहीं है, इसलिए कुछ नहीं भेजा गया। वह पता लिखें जो https:// से शुरू होता है</translation>
    </message>
    <message>
        <source>This code does not work: it has a typing error, was used before, or is too old. Ask for a new one.</source>
        <translation>यह कोड काम नहीं कर रहा: इसमें टाइपिंग की ग़लती है, यह पहले इस्तेमाल हो चुका है, या बहुत पुराना है। नया कोड माँगें।</translation>
    </message>
    <message>
        <source>This computer is signed in at {relay}.</source>
        <translation>यह कंप्यूटर {relay} पर साइन इन है।</translation>
    </message>
    <message>
        <source>This computer keeps a sign-in, but not which relay it is for. Enter a new code.</source>
        <translation>इस कंप्यूटर में साइन-इन रखा है, पर यह नहीं कि वह किस रिले का है। नया कोड डालें।</translation>
    </message>
    <message>
        <source>This is not the address of a relay. Your team lead or IT has it; it looks like {example}</source>
        <translation>यह रिले का पता नहीं है। सही पता आपके टीम लीड या IT के पास है; वह ऐसा दिखता है: {example}</translation>
    </message>
    <message>
        <source>You are signed out on this computer, but the relay could not be told. Tell IT, so that this sign-in ends there, too.</source>
        <translation>आप इस कंप्यूटर पर साइन आउट हो गए हैं, पर रिले को बताया नहीं जा सका। IT को बताएँ, ताकि यह साइन-इन वहाँ भी ख़त्म हो।</translation>
    </message>
    <message>
        <source>This computer has no keyring to keep your sign-in safe.</source>
        <translation>इस कंप्यूटर में आपका साइन-इन सुरक्षित रखने के लिए कीरिंग नहीं है।</translation>
    </message>
    <message>
        <source>Too many tries. Wait a minute, then enter a new code.</source>
        <translation>बहुत ज़्यादा कोशिशें। एक मिनट रुकें, फिर नया कोड डालें।</translation>
    </message>
    <message>
        <source>Your team lead or IT gives you both. The code works once, and not for long.</source>
        <translation>दोनों आपको टीम लीड या IT देंगे। कोड एक बार ही चलता है, और थोड़ी देर तक।</translation>
    </message>
</context>
<context>
    <name>Starting</name>
    <message>
        <source>an error in the program ended it. What was typed is saved. Details: {log}</source>
        <translation>प्रोग्राम की एक ग़लती से यह बंद हुआ। जो लिखा था, वह सेव है। विवरण: {log}</translation>
    </message>
    <message>
        <source>it already runs for profile {profile}, but does not answer. End it, then start again.</source>
        <translation>प्रोफ़ाइल {profile} के लिए यह पहले से चल रहा है, पर जवाब नहीं देता। उसे बंद करें, फिर शुरू करें।</translation>
    </message>
    <message>
        <source>it already runs for profile {profile}. Look for its icon beside the clock.</source>
        <translation>प्रोफ़ाइल {profile} के लिए यह पहले से चल रहा है। घड़ी के पास इसका आइकन देखें।</translation>
    </message>
    <message>
        <source>its store {store} can’t be used: {error}. Nothing was lost; free space or ask IT.</source>
        <translation>इसका संग्रह {store} इस्तेमाल नहीं हो सकता: {error}। कुछ खोया नहीं; जगह ख़ाली करें या IT से पूछें।</translation>
    </message>
    <message>
        <source>the display was closed, so it ended. What was typed is saved; start it again with a display.</source>
        <translation>डिस्प्ले बंद हो गया, इसलिए प्रोग्राम भी बंद हुआ। जो लिखा था, वह सेव है; डिस्प्ले के साथ इसे फिर शुरू करें।</translation>
    </message>
    <message>
        <source>there is no display to show anything on. Start it in a desktop session.</source>
        <translation>कुछ दिखाने के लिए कोई स्क्रीन नहीं है। इसे डेस्कटॉप सत्र में शुरू करें।</translation>
    </message>
    <message>
        <source>{error}. Install the newer version again.</source>
        <translation>{error}। नया वर्शन फिर इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>{error}. Mend or delete that file, then start again.</source>
        <translation>{error}। वह फ़ाइल सुधारें या हटाएँ, फिर शुरू करें।</translation>
    </message>
    <message>
        <source>{place}: {error}. The program needs to write there.</source>
        <translation>{place}: {error}। प्रोग्राम को वहाँ लिखना होता है।</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message numerus="yes">
        <source>%n day</source>
        <comment>%n days</comment>
        <translation>
            <numerusform>%n दिन</numerusform>
            <numerusform>%n दिन</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour</source>
        <comment>%n hours</comment>
        <translation>
            <numerusform>%n घंटे</numerusform>
            <numerusform>%n घंटे</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute</source>
        <comment>%n minutes</comment>
        <translation>
            <numerusform>%n मिनट</numerusform>
            <numerusform>%n मिनट</numerusform>
        </translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>अप्रैल</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>अग॰</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>दिस॰</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>फ़र॰</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>शुक्र</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>शुक्रवार</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>जन॰</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>जुल॰</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>जून</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>मार्च</translation>
    </message>
    <message>
        <source>May</source>
        <translation>मई</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>सोम</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>सोमवार</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>नव॰</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>अक्टू॰</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>शनि</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>शनिवार</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>सित॰</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>रवि</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>रविवार</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>गुरु</translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation>गुरुवार</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>कल</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>मंगल</translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation>मंगलवार</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>बुध</translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation>बुधवार</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>बीता कल</translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>कुछ सेकंड</translation>
    </message>
    <message>
        <source>am</source>
        <translation>am</translation>
    </message>
    <message>
        <source>in {seconds}&#xa0;s</source>
        <translation>{seconds}&#xa0;सेकंड में</translation>
    </message>
    <message>
        <source>in {span}</source>
        <translation>{span} में</translation>
    </message>
    <message>
        <source>now</source>
        <translation>अभी</translation>
    </message>
    <message>
        <source>pm</source>
        <translation>pm</translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message numerus="yes">
        <source>%n outcome is still open. Your team asks you to enter it before you quit.</source>
        <comment>%n outcomes are still open. Your team asks you to enter them before you quit.</comment>
        <translation>
            <numerusform>%n परिणाम बाकी है। आपकी टीम चाहती है कि बंद करने से पहले आप उसे भरें।</numerusform>
            <numerusform>%n परिणाम बाकी हैं। आपकी टीम चाहती है कि बंद करने से पहले आप उन्हें भरें।</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Calls</source>
        <translation>कॉल</translation>
    </message>
    <message>
        <source>&amp;Correct it</source>
        <translation>सुधारें (&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Don’t send it</source>
        <translation>न भेजें (&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Enter outcome</source>
        <translation>परिणाम भरें (&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>बंद करें (&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;To do</source>
        <translation>करने हैं (&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Waiting to send</source>
        <translation>भेजने बाकी (&amp;W)</translation>
    </message>
    <message>
        <source>CTI Desktop</source>
        <translation>CTI Desktop</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>रद्द करें (&amp;N)</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>कॉल</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>End the program: no call pops until you start it again (Ctrl+Q)</source>
        <translation>प्रोग्राम बंद करें: जब तक फिर शुरू न करें, कोई कॉल नहीं दिखेगी (Ctrl+Q)</translation>
    </message>
    <message>
        <source>Enter next outcome</source>
        <translation>अगला परिणाम भरें</translation>
    </message>
    <message>
        <source>Every conversation has its outcome.</source>
        <translation>हर बातचीत का परिणाम भरा है।</translation>
    </message>
    <message>
        <source>Everything is sent</source>
        <translation>सब भेजा जा चुका है</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>अभी कोई कॉल नहीं</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>कुछ बाकी नहीं</translation>
    </message>
    <message>
        <source>Open CTI Desktop</source>
        <translation>CTI Desktop खोलें</translation>
    </message>
    <message>
        <source>Outcome open</source>
        <translation>परिणाम बाकी</translation>
    </message>
    <message>
        <source>Outcomes that you save while offline wait here until they are sent.</source>
        <translation>ऑफ़लाइन सेव किए परिणाम भेजे जाने तक यहाँ रहते हैं।</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>नामंज़ूर</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>फिर कोशिश करें</translation>
    </message>
    <message>
        <source>Si&amp;gn out</source>
        <translation>साइन आउट करें (&amp;G)</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>साइन आउट (&amp;O)</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>साइन इन करें…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>साइन आउट</translation>
    </message>
    <message>
        <source>Sign out? You need a new code to sign in again. What waits to be sent stays here.</source>
        <translation>साइन आउट करें? फिर साइन इन के लिए नया कोड चाहिए होगा। जो भेजना बाकी है, वह यहीं रहेगा।</translation>
    </message>
    <message>
        <source>T&amp;hrow away</source>
        <translation>हटा दें (&amp;H)</translation>
    </message>
    <message>
        <source>The disk is full: what you enter can’t be saved just now. Free some space; it is tried again by itself.</source>
        <translation>डिस्क भर गई है: आप जो भर रहे हैं, वह अभी सेव नहीं हो सकता। कुछ जगह ख़ाली करें; कोशिश अपने आप फिर होगी।</translation>
    </message>
    <message>
        <source>The disk is read-only: what you enter can’t be saved just now. Ask IT; it is tried again.</source>
        <translation>डिस्क पर लिखा नहीं जा सकता: आप जो भर रहे हैं, वह अभी सेव नहीं हो सकता। IT से पूछें; कोशिश फिर होगी।</translation>
    </message>
    <message>
        <source>The disk refuses: what you enter can’t be saved just now. It is tried again by itself.</source>
        <translation>डिस्क काम नहीं कर रही: आप जो भर रहे हैं, वह अभी सेव नहीं हो सकता। कोशिश अपने आप फिर होगी।</translation>
    </message>
    <message>
        <source>A newer version is out; install it, or ask IT</source>
        <translation>नया वर्शन आ गया है; उसे इंस्टॉल करें या IT से पूछें</translation>
    </message>
    <message>
        <source>The file for IT could not be written</source>
        <translation>IT के लिए फ़ाइल नहीं लिखी जा सकी</translation>
    </message>
    <message>
        <source>The file for IT is written. No names or numbers of callers are in it</source>
        <translation>IT के लिए फ़ाइल लिखी गई। उसमें कॉलर के नाम या नंबर नहीं हैं</translation>
    </message>
    <message>
        <source>The file with your calls is damaged: what you enter can’t be saved just now. Ask IT.</source>
        <translation>आपकी कॉल की फ़ाइल ख़राब है: आप जो भर रहे हैं, वह अभी सेव नहीं हो सकता। IT से पूछें।</translation>
    </message>
    <message>
        <source>The file with your calls was damaged. A new one was begun; the old one is kept</source>
        <translation>आपकी कॉल की फ़ाइल ख़राब हो गई थी। नई शुरू की गई है; पुरानी रखी गई है</translation>
    </message>
    <message>
        <source>The relay is newer than this program: calls come, but not all that it says can be shown. Install the newer version, or ask IT for it.</source>
        <translation>रिले इस प्रोग्राम से नया है: कॉल आ रही हैं, पर वह जो कुछ बताता है, वह सब यहाँ नहीं दिख सकता। नया वर्शन इंस्टॉल करें, या IT से माँगें।</translation>
    </message>
    <message>
        <source>The setting could not be kept; it counts until you quit</source>
        <translation>सेटिंग रखी नहीं जा सकी; बंद करने तक ही लागू रहेगी</translation>
    </message>
    <message>
        <source>This call is too old to be corrected here.</source>
        <translation>यह कॉल यहाँ सुधारने के लिए बहुत पुरानी है।</translation>
    </message>
    <message>
        <source>Throw this outcome away? The relay never gets it.</source>
        <translation>यह परिणाम हटा दें? रिले को कभी नहीं मिलेगा।</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>करने हैं</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>यहाँ इस्तेमाल करें</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>भेजना बाकी</translation>
    </message>
    <message>
        <source>Waiting to send</source>
        <translation>भेजने बाकी</translation>
    </message>
    <message>
        <source>When your phone rings, a card appears in the corner of the screen, and the call is listed here.</source>
        <translation>फ़ोन बजने पर स्क्रीन के कोने में कार्ड दिखता है, और कॉल यहाँ सूची में आती है।</translation>
    </message>
    <message>
        <source>You are signed in for now only: the keyring did not keep it. After the next start you sign in again.</source>
        <translation>आप सिर्फ़ अभी के लिए साइन इन हैं: कीरिंग ने इसे नहीं रखा। अगली बार शुरू करने पर फिर साइन इन करना होगा।</translation>
    </message>
    <message>
        <source>{text}.</source>
        <translation>{text}।</translation>
    </message>
    <message numerus="yes">
        <source>{who} left %n outcome on this computer that is not sent yet. It goes out when {who} signs in here again.</source>
        <comment>{who} left %n outcomes on this computer that are not sent yet. They go out when {who} signs in here again.</comment>
        <translation>
            <numerusform>{who} का %n परिणाम इस कंप्यूटर पर है जो भेजा नहीं गया। {who} के यहाँ फिर साइन इन करने पर भेजा जाएगा।</numerusform>
            <numerusform>{who} के %n परिणाम इस कंप्यूटर पर हैं जो भेजे नहीं गए। {who} के यहाँ फिर साइन इन करने पर भेजे जाएँगे।</numerusform>
        </translation>
    </message>
</context>
</TS>
